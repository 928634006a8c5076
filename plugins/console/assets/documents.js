// 文件库页面在浏览器一侧的少量行为：拖进来的文件交给上传。
window.documents = (() => {
  const drag = (event, uploader) => {
    event.preventDefault();
    const over = event.type === "dragover";
    event.currentTarget.classList.toggle("dc-over", over);
    if (event.type !== "drop") return;
    const given = [...event.dataTransfer.files];
    if (given.length) uploader.$refs.qRef.addFiles(given);
  };
  // 没有拖准的，别让浏览器把文件打开、页面换掉
  for (const gesture of ["dragover", "drop"])
    window.addEventListener(gesture, (event) => event.preventDefault());
  return { drag };
})();
