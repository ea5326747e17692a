// Help beside Streamlit: explained words, Min kommun, what changed, and the way to the tour.
(() => {
  const own = document.currentScript.src;
  const near = (event, selector) => event.target.closest && event.target.closest(selector);

  // A word with a meaning shows it on hover, focus and touch; it stays while it is pointed at and
  // goes with Escape (WCAG 1.4.13).
  let shown = null;
  let wait = 0;
  const box = document.createElement("div");
  box.id = "betydelse";
  box.setAttribute("role", "tooltip");
  box.popover = "manual";
  const hide = () => {
    clearTimeout(wait);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    box.hidePopover();
  };
  const place = () => {
    const word = shown.getBoundingClientRect();
    const room = innerWidth - box.offsetWidth - 16;
    const below = word.bottom + 6;
    const fits = below + box.offsetHeight < innerHeight - 8;
    box.style.left = `${Math.max(16, Math.min(word.left, room))}px`;
    box.style.top = `${fits ? below : Math.max(8, word.top - box.offsetHeight - 6)}px`;
  };
  const show = (word) => {
    clearTimeout(wait);
    if (word === shown) return;
    hide();
    if (!word.isConnected) return;
    (word.closest(".stHtml") || document.body).append(box);
    shown = word;
    box.textContent = word.dataset.betyder;
    word.setAttribute("aria-describedby", box.id);
    box.showPopover();
    place();
  };
  const soon = (step, time) => { clearTimeout(wait); wait = setTimeout(step, time); };
  addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const word = near(event, "[data-betyder]");
    if (word) soon(() => show(word), 180);
    else if (near(event, "#betydelse")) clearTimeout(wait);
    else if (shown !== document.activeElement) soon(hide, 250);
  });
  addEventListener("focusin", (event) => {
    const word = near(event, "[data-betyder]");
    if (word) show(word); else hide();
  });
  addEventListener("focusout", (event) => { if (event.target === shown) hide(); });
  addEventListener("click", (event) => {
    const word = near(event, "[data-betyder]");
    if (word) show(word); else if (!near(event, "#betydelse")) hide();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) { event.stopImmediatePropagation(); hide(); }
  }, true);
  // Moving to a word by keyboard may scroll it into view: its meaning follows it there.
  addEventListener("scroll", () => {
    if (!shown) return;
    if (shown === document.activeElement) place(); else hide();
  }, { capture: true, passive: true });

  // Min kommun is a cookie that only a press on its button sets or takes away.
  addEventListener("click", (event) => {
    const button = near(event, '[class*="st-key-minkommun-"]');
    const code = button && /st-key-minkommun-([^\s-]+)/.exec(button.className)[1];
    if (!code || !near(event, "button")) return;
    const age = code === "glom" ? 0 : 31536000;
    document.cookie = `min_kommun=${code}; Max-Age=${age}; SameSite=Lax; Path=/`;
  }, true);

  // A live region must stay in the page while what it says changes; Streamlit replaces its own.
  const told = document.createElement("p");
  told.id = "besked";
  told.setAttribute("role", "status");
  let before = "";
  // The first page may be drawn long after its run on a slow line.
  const first = setInterval(() => { tell(); if (before) clearInterval(first); }, 1000);
  const tell = () => {
    const words = (selector) => (document.querySelector(selector) || { textContent: "" }).textContent;
    const now = [words("h1.fynd"), words(".st-key-filterrad .val"),
      words(".st-key-filterrad .underlagsrad")].filter(Boolean).join(". ");
    if (!words("h1.fynd") || now === before) return;
    if (!told.isConnected) document.body.append(told);
    if (before) told.textContent = now;
    before = now;
  };

  // Popovers and dialogs hang outside Streamlit's element, which alone has the colour mode; and the
  // server draws charts in the mode of the last run. So the mode is lent to the whole page, and a
  // change of it asks for a new run, unless that would take away what somebody is writing.
  const follow = () => {
    const app = document.querySelector(".stApp");
    const mode = app ? getComputedStyle(app).colorScheme : "";
    const root = document.documentElement;
    const had = root.style.colorScheme;
    if (!mode || mode === had) return;
    root.style.colorScheme = mode;
    const busy = document.querySelector('[role="dialog"]:not([popover])')
      || /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (had && !busy) document.body.dispatchEvent(new KeyboardEvent("keydown",
      { key: "r", code: "KeyR", keyCode: 82, bubbles: true }));
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(follow, 400));
  addEventListener("click", () => setTimeout(follow, 400));

  // The tour is fetched when it is asked for, and on the first visit when the page stands still. A
  // link with values is somebody's view; it is shown undisturbed, and so are slides.
  const tour = () => new Promise((done) => {
    if (window.rundtur) { done(); return; }
    const script = document.createElement("script");
    script.src = own.replace("hjalp.js", "rundtur.js");
    script.onload = done;
    document.head.append(script);
  });
  addEventListener("click", async (event) => {
    const link = near(event, "[data-rundtur]");
    if (!link) return;
    const opener = document.querySelector(".hjalpknapp");
    const help = link.closest("[popover]");
    if (help) help.hidePopover();
    await tour();
    window.rundtur.start(opener);
  });
  const seen = () => {
    try { return localStorage.getItem("planinnovation.rundtur"); } catch { return "ja"; }
  };
  let asked = false;
  let invite = !location.search && !location.pathname.endsWith("/bild") && !seen();
  const standsStill = async () => {
    if (!invite) return;
    if (!document.querySelector("h1.fynd:not(.nekad)")) { setTimeout(standsStill, 1000); return; }
    invite = false;
    await tour();
    window.rundtur.start(null);
  };

  // Streamlit says in an attribute when a run has ended; what it sent may be drawn a little later.
  new MutationObserver(() => {
    const app = document.querySelector("[data-test-script-state]");
    if (!app || app.dataset.testScriptState !== "notRunning") return;
    if (shown && !shown.isConnected) hide();
    follow();
    for (const time of [200, 1000, 3000]) setTimeout(tell, time);
    if (invite && !asked) { asked = true; (window.requestIdleCallback || setTimeout)(standsStill); }
  }).observe(document.documentElement,
    { attributes: true, attributeFilter: ["data-test-script-state"], subtree: true });
})();
