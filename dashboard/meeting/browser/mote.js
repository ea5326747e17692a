// Runs in the browser beside Streamlit: minutes that survive a reload, the clock, full screen, keys.
const STORE = "planinnovation.mote.";

const remembered = (key) => {
  try { return localStorage.getItem(STORE + key); } catch { return null; }
};
const remember = (key, text) => {
  try { localStorage.setItem(STORE + key, text); return true; } catch { return false; }
};

// Minutes: the browser tells Python what it remembers once, then keeps what Python holds. To tell
// costs a run of the page, which may take a press away from a quick reader; so nothing is told
// where nothing is remembered.
const keepMinutes = ({ data, setStateValue }) => {
  const key = data.id + ".protokoll";
  const kept = remembered(key);
  if (data.text === null) {
    if (kept !== null) setStateValue("text", kept);
  } else if (kept !== data.text && !remember(key, data.text)) setStateValue("full", true);
  const heard = (event) => {
    if (event.key === STORE + key && event.newValue !== null) setStateValue("text", event.newValue);
  };
  addEventListener("storage", heard);
  return () => removeEventListener("storage", heard);
};

const clockWords = (seconds, minutes) => {
  const pad = (value) => String(value).padStart(2, "0");
  const over = Math.floor(seconds / 60) - minutes;
  const now = pad(Math.floor(seconds / 60)) + ":" + pad(seconds % 60);
  return over >= 0 && seconds >= minutes * 60
    ? `${now} · ${over < 1 ? "tiden är slut" : over + " min över"}`
    : `${now} av ${minutes} min`;
};

// The clock counts the seconds each point has been shown; they are kept, so a reload loses none.
const runClock = (root, data) => {
  const face = root.querySelector("[data-klocka]");
  const pause = root.querySelector("[data-paus]");
  const key = data.id + ".tid." + data.point;
  let seconds = Number(remembered(key)) || 0;
  let running = remembered(data.id + ".paus") !== "ja";
  const draw = () => {
    face.textContent = clockWords(seconds, data.minutes);
    face.classList.toggle("over", seconds >= data.minutes * 60);
    pause.textContent = running ? "Pausa klockan" : "Starta klockan";
  };
  pause.onclick = () => {
    running = !running;
    remember(data.id + ".paus", running ? "nej" : "ja");
    draw();
  };
  draw();
  const timer = setInterval(() => {
    if (!running || document.hidden) return;
    seconds += 1;
    remember(key, String(seconds));
    draw();
  }, 1000);
  return () => clearInterval(timer);
};

const offerFullScreen = (root) => {
  const button = root.querySelector("[data-helskarm]");
  const draw = () => {
    button.textContent = document.fullscreenElement ? "Lämna helskärm" : "Helskärm";
  };
  button.hidden = !document.fullscreenEnabled;
  button.onclick = () => (document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen());
  document.addEventListener("fullscreenchange", draw);
  draw();
  return () => document.removeEventListener("fullscreenchange", draw);
};

// Presenters send Page Up and Page Down; on a slide that must be scrolled these keys still scroll.
const hearPresenter = () => {
  const heard = (event) => {
    const step = { PageDown: "nasta", PageUp: "forra" }[event.key];
    const place = document.querySelector('[data-testid="stMain"]');
    const busy = document.querySelector('[role="dialog"]') || event.target.closest("input, textarea");
    if (!step || busy || (place && place.scrollHeight > place.clientHeight + 4)) return;
    const button = document.querySelector(`.st-key-bild-${step} button`);
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  };
  addEventListener("keydown", heard);
  return () => removeEventListener("keydown", heard);
};

export default (component) => {
  const { data, parentElement } = component;
  if (data.part === "protokoll") return keepMinutes(component);
  const ends = [runClock(parentElement, data), offerFullScreen(parentElement), hearPresenter()];
  return () => ends.forEach((end) => end());
};
