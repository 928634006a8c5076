// 沙盒页面在浏览器一侧的少量行为：发送、贴住底部、插入 @、跳到被引用的消息。
window.sandbox = (() => {
  const find = (name) => document.querySelector(`[data-testid="${name}"]`);
  const touch = () => matchMedia("(hover: none)").matches;
  let stuck = true;

  const bottom = () => {
    const pane = find("messages");
    stuck = true;
    if (pane) pane.scrollTop = pane.scrollHeight;
  };
  // 与服务器断开时，打的字留在输入框里
  const cut = () => window.socket && !window.socket.connected;
  const showCut = () => document.body.classList.toggle("sb-cut", Boolean(cut()));
  const focus = () => {
    const input = find("input");
    if (input && !touch()) input.focus({ preventScroll: true });
  };
  // 立刻清空输入框，不等服务器，以免吞掉接着打的字
  const send = (emit) => {
    const input = find("input");
    const text = input.value;
    focus();
    if (!text.trim() || cut()) return;
    input.value = "";
    bottom();
    emit(text);
  };
  // 输入法选字时的回车不算发送；Shift+回车换行
  const key = (event, emit) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send(emit);
  };
  const insert = (text) => {
    const input = find("input");
    input.focus();
    input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
  };
  // 粘贴、拖进来的图片交给上传
  const files = (event, uploader) => {
    const given = [...(event.clipboardData || event.dataTransfer).files];
    if (!given.length) return;
    event.preventDefault();
    uploader.$refs.qRef.addFiles(given);
  };
  // 在哪里、是谁，记在网址里：刷新之后还在原处
  const remember = (place, who) => {
    const url = new URL(location);
    url.searchParams.set("place", place);
    url.searchParams.set("who", who);
    history.replaceState(history.state, "", url);
  };
  const jump = (id) => {
    const row = document.querySelector(`[data-message-id="${CSS.escape(id)}"]`);
    if (!row) return;
    row.scrollIntoView({ block: "center", behavior: "smooth" });
    row.classList.remove("sb-flash");
    void row.offsetWidth;
    row.classList.add("sb-flash");
  };
  const watch = () => {
    const pane = find("messages");
    if (!pane) return setTimeout(watch, 50);
    const keep = () => { if (stuck) pane.scrollTop = pane.scrollHeight; };
    let last = 0;
    pane.addEventListener("scroll", () => {
      // 图片载入会撑高内容；只有人往上翻，才不再贴着底部
      const near = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 90;
      if (near || pane.scrollTop < last) stuck = near;
      last = pane.scrollTop;
    }, { passive: true });
    for (const change of ["connect", "disconnect"]) window.socket?.on(change, showCut);
    pane.addEventListener("load", keep, true);
    new MutationObserver(keep).observe(pane, { childList: true, subtree: true });
    new ResizeObserver(keep).observe(pane);
    bottom();
    focus();
  };
  watch();
  return { bottom, files, focus, insert, jump, key, remember, send };
})();
