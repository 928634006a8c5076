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
  const focus = () => {
    const input = find("input");
    if (input && !touch()) input.focus({ preventScroll: true });
  };
  // 立刻清空输入框，不等服务器，以免吞掉接着打的字
  const send = (emit) => {
    const input = find("input");
    const text = input.value;
    focus();
    if (!text.trim()) return;
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
    pane.addEventListener("scroll", () => {
      stuck = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 90;
    }, { passive: true });
    pane.addEventListener("load", keep, true);
    new MutationObserver(keep).observe(pane, { childList: true, subtree: true });
    new ResizeObserver(keep).observe(pane);
    bottom();
    focus();
  };
  watch();
  return { bottom, focus, insert, jump, key, send };
})();
