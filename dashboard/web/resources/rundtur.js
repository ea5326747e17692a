// The tour: three steps in a corner, beside the page and never over its heading. It takes no focus
// unless it was asked for, holds no key but Escape within itself, and is shown by itself only once.
window.rundtur = (() => {
  const STEPS = [
    ["Rubriken är svaret", "Varje sida svarar på en fråga. Rubriken är svaret, räknat ur planerna. "
      + "Frågan och hur sidan läses står under Så läser du sidan.", "h1.fynd"],
    ["Välj med Filter", "Välj region, kommun, tema och år. Valen följer med mellan sidorna, och "
      + "Kopiera länk ger andra samma vy.", ".st-key-filter details"],
    ["Gå till källan", "Klicka på en del av en stapel, eller på en länk under den, för att läsa vad "
      + "planen säger ord för ord. Ord med prickad linje förklaras när du pekar på dem.",
      '[class*="st-key-kort-"]'],
  ];
  const card = document.createElement("section");
  card.id = "rundtur";
  card.setAttribute("aria-label", "Rundtur");
  let step = 0;
  let opener = null;

  const unmark = () => {
    for (const each of document.querySelectorAll("[data-rundturen]")) {
      each.removeAttribute("data-rundturen");
    }
  };
  const add = (tag, text, name, press) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    if (press) { made.type = "button"; made.onclick = press; }
    return made;
  };
  const close = () => {
    unmark();
    card.remove();
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  };
  const go = (to) => { step = to; draw(); card.querySelector(".nasta").focus(); };
  const draw = () => {
    unmark();
    const [heading, text, target] = STEPS[step];
    const last = step === STEPS.length - 1;
    const words = document.createElement("div");
    words.setAttribute("aria-live", "polite");
    words.append(add("p", `Steg ${step + 1} av ${STEPS.length}`, "steg"), add("h2", heading),
      add("p", text));
    const buttons = add("div", "", "knappar");
    buttons.append(add("button", last ? "Klar" : "Nästa", "nasta", last ? close : () => go(step + 1)));
    if (step) buttons.append(add("button", "Tillbaka", "", () => go(step - 1)));
    if (!last) buttons.append(add("button", "Hoppa över", "stang", close));
    card.replaceChildren(words, buttons);
    const marked = document.querySelector(target);
    if (marked) {
      marked.setAttribute("data-rundturen", "");
      if (opener || step) marked.scrollIntoView({ block: "nearest" });
    }
  };
  card.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  return {
    start(from) {
      opener = from;
      step = 0;
      draw();
      document.body.prepend(card);
      try { localStorage.setItem("planinnovation.rundtur", "visad"); } catch { /* shown again */ }
      if (from) card.querySelector(".nasta").focus();
    },
  };
})();
