// Functions that run in a page: what they use must be inside of them.

/**
 * Runs in the page: the contrast of each visible bar with its track, and of each border of a button with what is behind it. A quiet
 * button is identified by its text.
 */
export function partContrasts() {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const isOpaque = (color) => (channels(color)[3] ?? 1) === 1;
  const luminance = (color) => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    const outer = element.parentElement ?? element.getRootNode().host;
    if (!outer) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(outer);
    return isOpaque(backgroundColor) ? backgroundColor : behind(outer);
  };
  const found = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) visit(element.shadowRoot);
      if (!element.checkVisibility() || !element.matches('.fill, .button:not(.primary, .quiet)')) continue;
      const { backgroundColor, borderTopColor } = getComputedStyle(element);
      const isFill = element.matches('.fill');
      found.push({ part: element.className, contrast: contrast(isFill ? backgroundColor : borderTopColor, behind(element)) });
    }
  };
  visit(document);
  return found;
}

/** Runs in the page: sets the spacing of all text, in shadow roots, too. */
export function spaceText() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
  );
  const visit = (root) => {
    root.adoptedStyleSheets.push(sheet);
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) visit(shadowRoot);
  };
  visit(document);
}

/** Runs in the page: how many animations and transitions there are, in shadow roots, too. */
export function animations() {
  const inside = (root) =>
    [...root.querySelectorAll('*')].reduce(
      (sum, { shadowRoot }) => sum + (shadowRoot ? inside(shadowRoot) : 0),
      root.getAnimations().length,
    );
  return inside(document);
}

/** Runs in the page: returns the elements that overflow, except for names, which have a title, and a row's tip, which is hidden without enough space. */
export function overflowing() {
  const found = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page'] : [];
  const sticksOut = (element) => {
    const frame = element.closest('.mini, .recovery, .dialog, .storage')?.getBoundingClientRect();
    const { left, right, width } = element.getBoundingClientRect();
    return frame && width > 0 && (left < frame.left - 1 || right > frame.right + 1);
  };
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) visit(element.shadowRoot);
      if (element.closest('.text, .mini > .tip, .announcement, [hidden], .fill')) continue;
      const scrolls = getComputedStyle(element).overflowX !== 'visible' && !element.matches('.track, pre');
      if ((scrolls && element.scrollWidth > element.clientWidth + 1) || sticksOut(element))
        found.push(`${element.localName}.${element.className}`);
    }
  };
  visit(document);
  return found;
}
