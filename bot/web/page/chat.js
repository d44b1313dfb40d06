// The chat: what was said, the replies with their passages and lists, and turning their pages.
import { light } from "./article.js";
import { clone, made } from "./call.js";
import { drawWhy } from "./why.js";

const ENTRIES_A_STEP = 24;
const log = document.getElementById("log");

// Shows what a person said, if anything, and once it is there the reply to it.
export async function say(words, replying, page, acts) {
  const mine = clone("mine");
  const reply = clone("reply");
  mine.querySelector(".said").textContent = words;
  stamp(mine);
  log.append(...(words ? [mine, reply] : [reply]));
  log.scrollTop = log.scrollHeight;
  fill(reply, await replying, page, acts);
  log.scrollTop = log.scrollHeight;
  mine.scrollIntoView({ block: "nearest" });
}

function stamp(message) {
  const now = new Date();
  const time = message.querySelector("time");
  time.dateTime = now.toISOString();
  time.textContent = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function fill(reply, replied, page, acts) {
  const steps = (replied.steps ?? []).flatMap(inSteps);
  const said = replied.said ? [made("p", replied.said)] : [];
  const asked = (replied.questions ?? []).map((one) => [one, () => acts.ask(one)]);
  const back = reply.querySelector(".back");
  const more = reply.querySelector(".more");
  reply.querySelector(".dots").remove();
  stamp(reply);
  function turn(place) {
    const step = steps[place] ?? { blocks: [], passages: [] };
    const left = steps.slice(place + 1).reduce((sum, one) => sum + size(one), 0);
    const numbers = [...step.passages];
    const blocks = step.blocks.flatMap((block) => DRAWN[block.kind](block, numbers, page, acts));
    reply.querySelector(".blocks").replaceChildren(...said, ...blocks, ...chips(asked));
    back.hidden = !place;
    more.hidden = !left;
    more.querySelector("span").textContent = left;
    back.onclick = () => turned(place - 1, back, more);
    more.onclick = () => turned(place + 1, more, back);
    if (acts.isOn(page) && step.passages.length) light(step.passages);
  }
  function turned(place, button, other) {
    turn(place);
    (button.hidden ? other : button).focus();
    reply.scrollIntoView({ block: "nearest" });
  }
  turn(0);
  if (replied.opens) acts.show(replied.opens);
  if (replied.why) drawWhy(reply, { page, reply: replied.why }, acts);
}

// A long list is shown in several steps.
function inSteps(step) {
  const [list] = step.blocks;
  if (list.kind !== "entries" || list.topics.length <= ENTRIES_A_STEP) return [step];
  const starts = [...list.topics.keys()].filter((place) => place % ENTRIES_A_STEP === 0);
  return starts.map((start) => {
    const topics = list.topics.slice(start, start + ENTRIES_A_STEP);
    return { ...step, blocks: [{ ...list, topics }] };
  });
}

function size(step) {
  return step.passages.length || (step.blocks[0].topics?.length ?? 0);
}

// Each kind of block as elements; an excerpt takes its passage's number off the numbers.
const DRAWN = {
  plain: ({ text }) => [made("p", text)],
  note: ({ text }) => [made("p", text, "note")],
  excerpt({ heading, before, marked, after, source }, numbers, page, acts) {
    const number = numbers.shift();
    const drawn = clone("excerpt");
    const [first, mark, last] = drawn.querySelector(".text").children;
    [first.textContent, mark.textContent, last.textContent] = [before, marked, after];
    drawn.querySelector(".heading").textContent = heading;
    const button = drawn.querySelector(".source");
    button.textContent = source;
    button.addEventListener("click", () => acts.open(page, number));
    return [drawn];
  },
  entries({ said, listing, topics }, _, page, acts) {
    const entries = topics.map(({ name, flag }) => {
      const label = `${flag} ${name}`.trim();
      return [label, () => acts.tap(page, listing, name, label)];
    });
    return [made("p", said), ...chips(entries)];
  },
};

function chips(labelled) {
  const row = made("div", "", "chips");
  for (const [label, act] of labelled) {
    const chip = made("button", label, "chip");
    chip.type = "button";
    chip.addEventListener("click", act);
    row.append(chip);
  }
  return labelled.length ? [row] : [];
}
