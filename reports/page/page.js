/*
 * Runs in the report's page, after Vega and its interpreter: draws each chart anew so that it answers the pointer, and
 * lets the reader turn cohorts off and on. A chart that can't be drawn anew stays the drawing that it was.
 */
(() => {
  const { vega } = window;
  const { cohorts, charts } = JSON.parse(document.getElementById('report-data').textContent);
  const hidden = new Set();
  const views = [];

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  document.body.append(tip);

  function part(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  /** Shows the lines of a mark beside the pointer, those of cohorts that are turned off left out. */
  function showTip(_handler, event, _item, lines) {
    tip.hidden = !Array.isArray(lines);
    if (tip.hidden) return;
    const shown = lines.filter(([name]) => !hidden.has(name));
    tip.replaceChildren(...shown.flatMap(([name, value]) => [part('span', name), part('b', value)]));
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, width - tip.offsetWidth - 4))}px`;
    tip.style.top = `${Math.max(4, Math.min(event.clientY + 14, height - tip.offsetHeight - 4))}px`;
  }

  async function refuse(uri) {
    throw new Error(`expected its data in the page, found a reference to ${uri}`);
  }

  async function draw(card) {
    const name = card.dataset.chart;
    const runtime = vega.parse(charts[name], undefined, { ast: true });
    const place = document.createElement('div');
    const view = new vega.View(runtime, {
      expr: vega.expressionInterpreter,
      loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
      renderer: 'svg',
      tooltip: showTip,
      hover: true,
    });
    await view.initialize(place).runAsync();
    card.replaceChildren(place);
    card.dataset.live = 'true';
    views.push(view);
  }

  function addSwitches() {
    const bar = document.getElementById('cohorts');
    if (bar === null || cohorts.length < 2) return;
    for (const { name, color, isAttacker } of cohorts) {
      const button = part('button', isAttacker ? `${name} (attackers)` : name);
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      button.dataset.color = color;
      button.style.setProperty('--cohort', color);
      button.addEventListener('click', () => {
        if (!hidden.delete(name)) hidden.add(name);
        button.setAttribute('aria-pressed', String(!hidden.has(name)));
        for (const view of views) view.signal('hidden', [...hidden]).runAsync();
      });
      bar.append(button);
    }
    bar.hidden = false;
  }

  async function start() {
    for (const card of document.querySelectorAll('[data-chart]')) {
      try {
        await draw(card);
      } catch (error) {
        console.error(error);
      }
    }
    addSwitches();
    document.documentElement.dataset.ready = 'true';
  }

  start();
})();
