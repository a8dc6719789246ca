// Shows on a picture what will be made black, and lets a pointer draw it. The page works without this file.
(() => {
  "use strict";
  const names = ["left", "top", "width", "height"];
  let start = null;

  const partsOf = (inside) => {
    const whole = inside.closest("details");
    const form = whole?.querySelector("form.box");
    return form ? { form, mark: whole.querySelector(".mark"), picture: whole.querySelector("img.picture") } : null;
  };

  function show({ form, mark }) {
    for (const name of names) mark.style[name] = `${form.elements[name].value || 0}%`;
    mark.hidden = false;
  }

  // Whole percents, outwards: a box covers at least what was drawn.
  function spot(picture, event) {
    const frame = picture.getBoundingClientRect();
    const share = (at, from, size) => Math.min(100, Math.max(0, (100 * (at - from)) / size));
    return [share(event.clientX, frame.left, frame.width), share(event.clientY, frame.top, frame.height)];
  }

  document.addEventListener("pointerdown", (event) => {
    if (!event.target.matches?.("img.picture") || event.button !== 0) return;
    event.preventDefault();
    start = { ...partsOf(event.target), from: spot(event.target, event) };
  });
  document.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [x, y] = spot(start.picture, event);
    const [left, top] = [Math.min(99, Math.floor(Math.min(x, start.from[0]))), Math.min(99, Math.floor(Math.min(y, start.from[1])))];
    const fields = start.form.elements;
    fields.left.value = left;
    fields.top.value = top;
    fields.width.value = Math.max(1, Math.ceil(Math.max(x, start.from[0])) - left);
    fields.height.value = Math.max(1, Math.ceil(Math.max(y, start.from[1])) - top);
    show(start);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      start = null;
    });
  }
  document.addEventListener("input", (event) => {
    if (event.target.form?.matches("form.box")) show(partsOf(event.target));
  });
})();
