// Why an answer is as it is, below it, once somebody wants to know.
import { call, clone, made } from "./call.js";

export function drawWhy(reply, asked, acts) {
  const button = reply.querySelector(".ask-why");
  const pane = reply.querySelector(".why");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!pane.hasChildNodes()) {
      const why = await call("why", asked);
      pane.replaceChildren(...(why.passages ? explained(why, asked.page, acts) : [made("p", why.said)]));
    }
    pane.hidden = !pane.hidden;
    button.setAttribute("aria-expanded", String(!pane.hidden));
    if (!pane.hidden) for (const one of [pane, button]) one.scrollIntoView({ block: "nearest" });
  });
}

function explained(why, page, acts) {
  const drawn = document.getElementById("why").content.cloneNode(true);
  const words = why.words.map(({ stems, correction, credit }, i) => {
    const match = correction ? "other" : stems.length ? (credit < 1 ? "other" : "same") : "unknown";
    return made("li", why.words_said[i], match);
  });
  drawn.querySelector(".asked").textContent = `“${why.question}”`;
  drawn.querySelector(".asked-words").append(...words);
  drawn.querySelector(".lines").append(...why.lines.map((line) => made("li", line)));
  const [level, ...ticks] = drawn.querySelector(".sure").children;
  level.style.width = percent(why.confidence);
  level.classList.toggle("enough", why.confidence >= why.answered_from);
  [why.guessed_from, why.answered_from].forEach((from, i) => (ticks[i].style.left = percent(from)));
  const most = Math.max(...why.passages.map((one) => one.score));
  drawn.querySelector(".best").append(...why.passages.map((one) => weighed(one, most, page, acts)));
  if (!why.passages.length) drawn.querySelector(".legend").remove();
  for (const list of drawn.querySelectorAll(":is(ul, ol):empty")) list.remove();
  return [...drawn.children];
}

function weighed({ number, place, key_sentence, confidence, score, views }, most, page, acts) {
  const drawn = clone("weighed");
  const button = drawn.querySelector("button");
  drawn.querySelector("button span").textContent = place;
  button.addEventListener("click", () => acts.open(page, number));
  drawn.querySelector("b").textContent = `${score.toFixed(1)} · ${percent(confidence)}`;
  for (const [view, points] of Object.entries(views)) {
    const part = made("i", "", view);
    part.style.width = percent(Math.max(0, points) / most);
    drawn.querySelector(".bar").append(part);
  }
  const told = Object.entries(views).map(([view, points]) => `${view} ${points.toFixed(1)}`);
  drawn.querySelector(".views").textContent = told.join(" · ");
  drawn.querySelector(".key").textContent = key_sentence;
  return drawn;
}

function percent(share) {
  return `${Math.round(100 * share)}%`;
}
