// How large the things are that a finger has to hit, measured by where a tap lands and not by what is drawn.

/** Controls smaller than a finger are fine in a sentence or on a chip, with room around them. */
const INLINE_LEAST = 24;
const LEAST = 44;

/** Runs in the page: every control in sight or below, with the height and width that a tap on it may have. */
function measure({ least }) {
  const controls = [
    ...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, [role=radio], [role=tab]'),
  ].filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.disabled && !one.closest('[inert], .visually-hidden'));
  const lands = (x, y, control) => {
    const hit = document.elementFromPoint(x, y);
    if (!hit) return false;
    return control.contains(hit) || hit.closest('label')?.control === control;
  };
  const reach = (control, along) => {
    const { left, top, width, height } = control.getBoundingClientRect();
    const middle = { x: left + width / 2, y: top + height / 2 };
    let far = 0;
    for (const way of [-1, 1]) {
      let step = 0;
      while (step < least && lands(middle.x + (along === 'x' ? way * step : 0), middle.y + (along === 'y' ? way * step : 0), control)) step += 1;
      far += step;
    }
    // The middle was counted both ways.
    return Math.max(0, far - 1);
  };
  return controls.flatMap((control) => {
    control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const { width, height, left, top } = control.getBoundingClientRect();
    // A field that its label stands for is too small to be seen; what is beside the window is not hit.
    if (width < 2 || height < 2 || left < 0 || top < 0 || left > innerWidth || top > innerHeight) return [];
    if (!lands(left + width / 2, top + height / 2, control)) return [];
    const isInline =
      (control.tagName === 'A' && !control.closest('nav, [class*=Button-root]')) ||
      getComputedStyle(control).textDecorationLine === 'underline' ||
      control.closest('[class*=chip], [class*=Pill], [class*=Input-section]') !== null;
    const name = control.getAttribute('aria-label') ?? control.textContent.trim().slice(0, 40) ?? '';
    return [{ name, tag: control.tagName.toLowerCase(), high: reach(control, 'y'), wide: reach(control, 'x'), isInline }];
  });
}

/** Every control of the page with the size of its target, in px, and whether a finger misses it. */
export async function targets(page) {
  const all = await page.evaluate(measure, { least: LEAST });
  return all.map((one) => ({ ...one, isSmall: Math.min(one.high, one.wide) < (one.isInline ? INLINE_LEAST : LEAST) }));
}
