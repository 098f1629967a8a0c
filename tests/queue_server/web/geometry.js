(smallest) => {
  const found = [];
  const name = (one) => {
    const text = (one.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    const classes = (one.getAttribute('class') || '').split(' ')[0];
    return `${one.localName}${one.id ? '#' + one.id : ''}${classes ? '.' + classes : ''} "${text}"`;
  };
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) found.push(`wider than the window: ${root.scrollWidth} > ${root.clientWidth}`);
  const opened = [...document.querySelectorAll('dialog[open], :popover-open')].pop();
  const top = opened || document.body;
  const scope = document.querySelectorAll(opened ? 'dialog[open] *, :popover-open *' : 'body *');
  const styles = new Map();
  const style = (one) => {
    if (!styles.has(one)) styles.set(one, getComputedStyle(one));
    return styles.get(one);
  };
  const CONTROL = 'button, a.button, .tag, .act';
  // What of a rectangle can be seen; null where all of it is hidden. A part that is hidden without a way to scroll there
  // is cut off, and so is what runs out of its control.
  const visible = (rect, start, self) => {
    let {left, top: up, right, bottom} = rect;
    let cut = '';
    for (let box = start; box && box !== document.documentElement; box = box.parentElement) {
      const s = style(box);
      const control = box.matches(CONTROL);
      const [x, y] = [s.overflowX, s.overflowY];
      if (s.position === 'fixed' && box === top) break;
      if (x === 'visible' && y === 'visible' && !control) continue;
      if (s.display === 'inline' || s.display === 'contents') continue;
      const b = box.getBoundingClientRect();
      const inner = {left: b.left + box.clientLeft, top: b.top + box.clientTop,
        right: b.left + box.clientLeft + box.clientWidth, bottom: b.top + box.clientTop + box.clientHeight};
      if (control && x === 'visible') Object.assign(inner, {left: b.left, top: b.top, right: b.right, bottom: b.bottom});
      if (right <= inner.left + 1 || left >= inner.right - 1 || bottom <= inner.top + 1 || up >= inner.bottom - 1) return null;
      const beyondX = Math.max(inner.left - left, right - inner.right);
      const beyondY = Math.max(inner.top - up, bottom - inner.bottom);
      const scrollsY = y === 'auto' || y === 'scroll';
      if (beyondX > 1.5) cut ||= `${Math.round(beyondX)} px beside ${name(box)}`;
      if (!scrollsY && beyondY > 4) cut ||= `${Math.round(beyondY)} px above or below ${name(box)}`;
      if (control && x === 'visible') continue;
      left = Math.max(left, inner.left); right = Math.min(right, inner.right);
      up = Math.max(up, inner.top); bottom = Math.min(bottom, inner.bottom);
    }
    return {left, top: up, right, bottom, cut};
  };
  const layer = (one) => {
    for (let box = one; box; box = box.parentElement) if (['sticky', 'fixed'].includes(style(box).position)) return box;
    return null;
  };
  // What is there for those alone who hear the page.
  const aside = (one) => {
    for (let box = one; box; box = box.parentElement) if (style(box).clipPath === 'inset(50%)') return true;
    return false;
  };
  const texts = [], controls = [], pictures = [];
  for (const one of scope) {
    if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true}) || one.closest('.hidden-text, option') || aside(one)) continue;
    if (one.localName === 'svg') {
      const seen = visible(one.getBoundingClientRect(), one.parentElement, one);
      if (seen && seen.right - seen.left > 1) {
        pictures.push({one, ...seen, layer: layer(one)});
        if (seen.cut) found.push(`cut off: ${name(one.parentElement)} (picture), ${seen.cut}`);
      }
    }
    if (one.placeholder && !one.value) {
      const s = style(one);
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = s.font;
      const room = one.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight);
      if (room > 0 && pen.measureText(one.placeholder).width > room + 1) found.push(`cut off: ${name(one)} (placeholder "${one.placeholder}")`);
    }
    if (one.matches('button, a, input, select, textarea, summary')) {
      const seen = visible(one.getBoundingClientRect(), one.parentElement, one);
      if (seen) {
        controls.push({one, ...seen, layer: layer(one)});
        if (seen.cut) found.push(`cut off: ${name(one)} (control), ${seen.cut}`);
        const free = seen.right > innerWidth + 1 || seen.left < -1;
        if (free) found.push(`out of the window: ${name(one)}`);
      }
    }
    for (const node of one.childNodes) {
      if (node.nodeType !== 3 || !node.textContent.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const size = parseFloat(style(one).fontSize);
      let shown = false;
      const svgText = one.closest('svg');
      for (const rect of range.getClientRects()) {
        if (rect.width < 1) continue;
        // A line as tall as its letters: fonts ask for more.
        const middle = (rect.top + rect.bottom) / 2, half = Math.min(rect.height, size) / 2;
        const line = {left: rect.left, right: rect.right, top: middle - half, bottom: middle + half};
        const seen = visible(line, svgText ? svgText.parentElement : one, one);
        if (!seen) continue;
        shown = true;
        texts.push({one, ...seen, layer: layer(one), svg: svgText});
        if (seen.cut) found.push(`cut off: ${name(one)}, ${seen.cut}`);
        if (seen.right > innerWidth + 1 || seen.left < -1) found.push(`out of the window: ${name(one)}`);
      }
      if (shown && size < smallest - 0.1) found.push(`too small: ${name(one)} ${size} px`);
    }
  }
  // From top to bottom: once one begins below another, so do all after it.
  for (const list of [texts, controls, pictures]) list.sort((a, b) => a.top - b.top);
  const apart = (a, b, by) =>
    a.right - by <= b.left || b.right - by <= a.left || a.bottom - by <= b.top || b.bottom - by <= a.top;
  const nested = (a, b) => a.one === b.one || a.one.contains(b.one) || b.one.contains(a.one);
  const upon = (a, b, by) => a.layer === b.layer && !nested(a, b) && !apart(a, b, by);
  for (let i = 0; i < texts.length; i += 1)
    for (let j = i + 1; j < texts.length && texts[j].top < texts[i].bottom; j += 1)
      if (upon(texts[i], texts[j], 3) && !(texts[i].svg && texts[i].svg === texts[j].svg && texts[i].one.localName === 'title'))
        found.push(`upon each other: ${name(texts[i].one)} and ${name(texts[j].one)}`);
  for (const text of texts)
    for (const picture of pictures) {
      if (picture.top >= text.bottom) break;
      if (upon(text, picture, 2.5) && !text.svg)
        found.push(`upon each other: ${name(text.one)} and a picture in ${name(picture.one.parentElement)}`);
    }
  for (let i = 0; i < controls.length; i += 1) {
    for (let j = i + 1; j < controls.length && controls[j].top < controls[i].bottom; j += 1)
      if (upon(controls[i], controls[j], 2)) found.push(`upon each other: ${name(controls[i].one)} and ${name(controls[j].one)}`);
    for (const text of texts) {
      if (text.top >= controls[i].bottom) break;
      if (upon(controls[i], text, 2.5) && !(controls[i].one.labels && [...controls[i].one.labels].some((l) => l.contains(text.one))))
        found.push(`upon each other: ${name(controls[i].one)} and ${name(text.one)}`);
    }
  }
  return [...new Set(found)];
}
