/* Draws again, in the browser of whoever doubts: order, titulars, alternates and digests, from the published files.
   Nothing leaves the page. The protocol is in docs/tirage.md; this follows it, and shares no code with the server.

   What the page gives (an ES module: <script type="module" src="…/draw_replay.js">):
     <form data-draw-replay hidden          shown by this script, for nothing works without it
           data-working="…" data-done="…"   the sentences of the status
           data-same="…" data-different="…" when a record is given, whether it holds
           data-impossible="…" data-wrong="…">
       <textarea name="rule">               the rule, JSON, as published
       <textarea name="list">               the published list: header, then id;source;criteria…;household
       <input type="file" name="file">      optional: the same list as a file, read instead
       <input name="event">                 the value of the public event
       <textarea name="record">             optional (may be hidden): the record, JSON, compared with what is found
       <button>                             a submit button
       <p data-draw-status role="status">   what happens, in words
       <code data-draw-fact="seed">         also list_sha256 and rule_sha256
       <ol data-draw-panel> <ol data-draw-alternates>   filled with identifiers
     </form>
   WebCrypto needs a page served by https, or by localhost. */

const MOST_SHOWN = 200;
const text = new TextEncoder();

async function sha(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", typeof bytes === "string" ? text.encode(bytes) : bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Keys sorted by code points, as Python does. */
function byCodePoint(one, other) {
  const left = Array.from(one), right = Array.from(other);
  const at = left.findIndex((char, place) => char !== right[place]);
  if (at < 0) return left.length - right.length;
  return at < right.length ? left[at].codePointAt(0) - right[at].codePointAt(0) : 1;
}

function canonical(value) {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.keys(value).sort(byCodePoint).map((key) => JSON.stringify(key) + ":" + canonical(value[key]));
  return "{" + pairs.join(",") + "}";
}

function rowsOf(list) {
  const lines = list.split("\n").filter((line) => line);
  const header = lines[0].split(";");
  return lines.slice(1).map((line) => new Map(line.split(";").map((cell, place) => [header[place], cell])));
}

function quotasOf(rule) {
  const written = (rule.quotas || []).map((quota) => ({ of: quota.of, low: quota.min ?? 0, high: quota.max ?? rule.seats }));
  const sources = (rule.sources || []).filter((source) => source.seats !== undefined);
  return written.concat(sources.map((source) => ({ of: { source: source.name }, low: source.seats, high: source.seats })));
}

/* Can the seats still be filled? ``left`` maps each group (the quotas it counts in, as text) to its people. */
class Reach {
  constructor(quotas) {
    const keys = quotas.map((quota) => canonical(Object.keys(quota.of).sort()));
    this.places = quotas.map((_, place) => place);
    this.sisters = this.places.map((place) => this.places.filter((other) => other !== place && keys[other] === keys[place]));
    this.failed = new Set();
    this.members = new Map();
  }

  inside(group) {
    if (!this.members.has(group)) this.members.set(group, new Set(JSON.parse(group)));
    return this.members.get(group);
  }

  seated(group, state) {
    const inside = this.inside(group), left = new Map(state.left).set(group, state.left.get(group) - 1);
    const less = (bounds) => bounds.map((bound, place) => bound - (inside.has(place) ? 1 : 0));
    return { seats: state.seats - 1, left: left, low: less(state.low), high: less(state.high) };
  }

  without(group, state) {
    const left = new Map(state.left);
    left.delete(group);
    return { ...state, left: left };
  }

  /* The narrowest bounds each quota allows the others, or null when the answer is no. */
  narrowed({ seats, left, low, high }) {
    for (let before = ""; ;) {
      const needed = this.places.filter((place) => low[place] >= seats), kept = new Map();
      const room = this.places.map(() => 0);
      let total = 0;
      for (const [group, size] of left) {
        const inside = this.inside(group);
        const most = Math.min(size, seats, ...Array.from(inside, (place) => high[place]));
        if (most <= 0 || (seats && needed.some((place) => !inside.has(place)))) continue;
        kept.set(group, most);
        total += most;
        inside.forEach((place) => { room[place] += most; });
      }
      const least = low.map((bound, place) => Math.max(0, bound, seats - total + room[place]));
      const others = (place) => this.sisters[place].reduce((sum, other) => sum + least[other], 0);
      const most = high.map((bound, place) => Math.min(bound, room[place], seats - others(place)));
      if (total < seats || least.some((bound, place) => bound > most[place])) return null;
      const key = JSON.stringify([seats, [...kept], least, most]);
      if (key === before) return { seats: seats, left: kept, low: least, high: most, room: room, key: key };
      [before, left, low, high] = [key, kept, least, most];
    }
  }

  possible(state) {
    const tight = this.narrowed(state);
    if (!tight || tight.seats === 0) return tight !== null;
    if (this.failed.has(tight.key)) return false;
    const group = this.mostNeeded(tight);
    const found = this.possible(this.seated(group, tight)) || this.possible(this.without(group, tight));
    if (!found) this.failed.add(tight.key);
    return found;
  }

  /* Only the speed depends on this choice. */
  mostNeeded({ left, low, high, room }) {
    const need = (place) => low[place] / (room[place] || 1);
    const tightest = this.places.reduce((best, place) => (best < 0 || need(place) > need(best) ? place : best), -1);
    const groups = [...left.keys()], asked = groups.filter((group) => this.inside(group).has(tightest));
    const score = (group) => [...this.inside(group)].reduce((sum, place) => sum + (low[place] + high[place]) / room[place], 0);
    return (asked.length ? asked : groups).reduce((best, group) => (score(group) > score(best) ? group : best));
  }
}

function walk(rule, order) {
  const quotas = quotasOf(rule), reach = new Reach(quotas), left = new Map(), panel = [];
  const groups = order.map((row) => JSON.stringify(quotas.flatMap((quota, place) =>
    Object.entries(quota.of).every(([name, category]) => row.get(name) === category) ? [place] : [])));
  groups.forEach((group) => left.set(group, (left.get(group) || 0) + 1));
  let state = { seats: rule.seats, left: left, low: quotas.map((quota) => quota.low), high: quotas.map((quota) => quota.high) };
  order.forEach((row, place) => {
    if (state.seats === 0 || !state.left.get(groups[place])) return;
    const after = reach.seated(groups[place], state), yes = reach.possible(after);
    state = yes ? after : reach.without(groups[place], state);
    if (yes) panel.push(row);
  });
  return panel.length === rule.seats && reach.possible(state) ? panel : null;
}

function alternatesOf(rule, order, panel) {
  const seated = new Set(panel), rest = order.filter((row) => !seated.has(row));
  if (!Number.isInteger(rule.alternates)) return rest;
  const kind = (row) => JSON.stringify([...row].filter(([name]) => name !== "id" && name !== "household"));
  const left = new Map();
  panel.forEach((row) => left.set(kind(row), (left.get(kind(row)) || 0) + rule.alternates));
  return rest.filter((row) => {
    const now = left.get(kind(row)) || 0;
    left.set(kind(row), now - 1);
    return now > 0;
  });
}

/* The whole draw: digests, seed, panel and alternates (identifiers), panel null when the quotas cannot be met. */
export async function replay(ruleText, list, event) {
  const rule = JSON.parse(ruleText), listSha = await sha(list), ruleSha = await sha(canonical(rule));
  const seed = await sha(["v1", listSha, ruleSha, event.split(/\s+/).filter((word) => word).join(" ")].join("|"));
  const rows = rowsOf(list), ranks = await Promise.all(rows.map((row) => sha(seed + "|" + row.get("id"))));
  const ranked = rows.map((row, place) => [ranks[place], row]).sort((one, other) => (one[0] < other[0] ? -1 : 1));
  const homes = new Set(), order = [];
  for (const [, row] of ranked) {
    const home = row.get("household") ?? row.get("id");
    if (!homes.has(home)) order.push(row);
    homes.add(home);
  }
  const panel = walk(rule, order), ids = (people) => people.map((row) => row.get("id"));
  const found = { seed: seed, list_sha256: listSha, rule_sha256: ruleSha, panel: null, alternates: [] };
  return panel ? { ...found, panel: ids(panel), alternates: ids(alternatesOf(rule, order, panel)) } : found;
}

function verdict(form, found) {
  if (!found.panel) return form.dataset.impossible;
  const record = form.elements.record && form.elements.record.value.trim();
  if (!record) return form.dataset.done;
  const written = JSON.parse(record);
  const same = Object.keys(found).every((key) => JSON.stringify(found[key]) === JSON.stringify(written[key]));
  return same ? form.dataset.same : form.dataset.different;
}

function show(form, found) {
  form.querySelectorAll("[data-draw-fact]").forEach((place) => { place.textContent = found[place.dataset.drawFact]; });
  for (const [mark, ids] of [["panel", found.panel || []], ["alternates", found.alternates]]) {
    const lines = ids.slice(0, MOST_SHOWN).map((id) => Object.assign(document.createElement("li"), { textContent: id }));
    form.querySelector("[data-draw-" + mark + "]").replaceChildren(...lines);
  }
}

async function listOf(form) {
  const file = form.elements.file && form.elements.file.files[0];
  /* A textarea gives its lines without the last end of line that the published list has. */
  return file ? file.text() : form.elements.list.value.replace(/\r\n?/g, "\n").replace(/\n*$/, "\n");
}

async function replayForm(form) {
  const status = form.querySelector("[data-draw-status]");
  status.textContent = form.dataset.working;
  try {
    const found = await replay(form.elements.rule.value, await listOf(form), form.elements.event.value);
    show(form, found);
    status.textContent = verdict(form, found);
  } catch {
    status.textContent = form.dataset.wrong;
  }
}

if (typeof document !== "undefined") {
  document.querySelectorAll("form[data-draw-replay]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      replayForm(form);
    });
  });
}
