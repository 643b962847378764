{
  // Visible texts of ours whose contrast with their ground is below WCAG 2.1 AA.
  const parts = colour => colour.match(/[\d.]+/g).map(Number);
  const light = value => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) =>
    0.2126 * light(r / 255) + 0.7152 * light(g / 255) + 0.0722 * light(b / 255);
  const over = (top, below) => {
    const share = top.length > 3 ? top[3] : 1;
    return [0, 1, 2].map(index => top[index] * share + below[index] * (1 - share));
  };
  const ground = element => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const colour = parts(getComputedStyle(each).backgroundColor);
      layers.push(colour);
      if (colour.length < 4 || colour[3] === 1) {
        break;
      }
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const ratio = element => {
    const below = ground(element);
    const text = luminance(over(parts(getComputedStyle(element).color), below));
    const back = luminance(below);
    return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
  };
  const own = element =>
    ['INPUT', 'SELECT', 'TEXTAREA'].includes(element.tagName) ||
    [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
  const all = [...document.querySelectorAll('.proclusters, .proclusters-bar, .jp-RenderedHTML')];
  const seen = all
    .flatMap(form => [form, ...form.querySelectorAll('*')])
    .filter(each => each.tagName !== 'STYLE' && own(each) && each.offsetParent)
    .filter(each => !each.closest('svg, .MathJax, mjx-container'));
  const pale = seen
    .filter(each => {
      const style = getComputedStyle(each);
      const large = parseFloat(style.fontSize) >= 24;
      return ratio(each) < (large ? 3 : 4.5);
    })
    .map(each => `${each.tagName} ${each.className}: ${each.textContent.slice(0, 40)} ${ratio(each).toFixed(2)}`);
  return { seen: seen.length, pale: [...new Set(pale)] };
}
