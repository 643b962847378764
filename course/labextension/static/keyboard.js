// Forms by keyboard alone: groups of choices that arrows walk through, keys that stay in a field,
// tables that are walked through like a sheet and take a paste from Excel. One listener each for
// the whole page.

const FIELD = '.proclusters input, .proclusters select, .proclusters textarea, .proclusters button';

export function makeAccessible() {
  new MutationObserver(nameGroups).observe(document.body, { childList: true, subtree: true });
  // JupyterLab takes arrows and letters («D D» removes a cell) of whatever is no text field.
  // It listens on the document; the window comes before it, and the field still gets its key.
  window.addEventListener('keydown', keepKey, true);
  window.addEventListener('keydown', walk, true);
  document.addEventListener('paste', paste, true);
}

function keepKey(event) {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const ours = event.target instanceof Element && event.target.closest(FIELD);
  if (plain && ours && !event.target.matches('[type=text], textarea')) {
    event.stopImmediatePropagation();
  }
}

let groups = 0;

/** Radio buttons of one question become one group with its name. */
function nameGroups() {
  const fresh = document.querySelectorAll('.proclusters .widget-radio-box:not([role])');
  for (const box of fresh) {
    const buttons = box.querySelectorAll('input[type=radio]');
    if (!buttons.length) {
      continue;
    }
    groups += 1;
    const title = box.closest('.widget-radio').querySelector('.widget-label');
    box.setAttribute('role', 'radiogroup');
    box.setAttribute('aria-label', title ? title.textContent : '');
    buttons.forEach(button => {
      button.name = `proclusters-${groups}`;
    });
  }
}

/** The fields of a table in their order, and how many of them make a row. */
function gridOf(table) {
  const cells = [...table.querySelectorAll('input[type=text], select')];
  const columns = table.querySelectorAll('.proclusters-head').length;
  const free = table.classList.contains('proclusters-free');
  return { cells, width: columns - (free ? 2 : 1) }; // without the number and the «×»
}

/** Up, down and Enter lead through a column; a field with suggestions keeps its arrows. */
function walk(event) {
  const cell = event.target instanceof Element && event.target.closest('.proclusters-table input');
  const down = event.key === 'ArrowDown' || event.key === 'Enter';
  const wanted = cell && !event.shiftKey && (down || event.key === 'ArrowUp');
  if (!wanted || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key !== 'Enter' && cell.hasAttribute('list')) {
    return;
  }
  const { cells, width } = gridOf(cell.closest('.proclusters-table'));
  const next = cells[cells.indexOf(cell) + (down ? width : -width)];
  event.preventDefault();
  event.stopImmediatePropagation();
  if (next) {
    next.focus();
  }
}

/** Cells of a spreadsheet go into the cells of a table, from the one that has the focus on. */
async function paste(event) {
  const first = event.target instanceof Element && event.target.closest('.proclusters-table input');
  const text = first && event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
  if (!text || !/[\t\n]/.test(text)) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const lines = text.split(/\r?\n/).slice(0, MOST);
  const table = first.closest('.proclusters-table');
  const { cells, width } = gridOf(table);
  const start = cells.indexOf(first);
  const row = Math.floor(start / width);
  await makeRoom(table, row + lines.length);
  const room = gridOf(table).cells;
  lines.forEach((line, down) => {
    line.split('\t').forEach((value, right) => {
      if ((start % width) + right < width) {
        fill(room[start + down * width + right], value.trim());
      }
    });
  });
}

const MOST = 200; // rows in one paste
const PATIENCE = 15_000; // milliseconds for the kernel to add them

/** Add rows until a table has so many; one whose rows have names stays as it is. */
async function makeRoom(table, rows) {
  const more = table.parentElement.querySelector('button.proclusters-more');
  const { cells, width } = gridOf(table);
  for (let lacking = more ? rows - cells.length / width : 0; lacking > 0; lacking -= 1) {
    more.click();
  }
  const last = Date.now() + PATIENCE;
  while (more && gridOf(table).cells.length < rows * width && Date.now() < last) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function fill(cell, value) {
  if (!cell) {
    return; // a table with named rows ends here
  }
  if (cell.tagName === 'SELECT') {
    const found = [...cell.options].find(
      option => option.textContent.trim().toLowerCase() === value.toLowerCase()
    );
    cell.selectedIndex = found ? found.index : cell.selectedIndex;
    cell.dispatchEvent(new Event('change', { bubbles: true }));
  } else {
    cell.value = value;
    cell.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
