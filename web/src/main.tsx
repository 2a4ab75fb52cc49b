import "@fontsource-variable/inter/wght.css";
import "./theme/mantine.css";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/touch.css";
import "./text/shell";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { startWorker } from "./api/new-version";
import { wordsArrived } from "./text/catalogue";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
void wordsArrived().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);

// Without the worker everything works, but only with a connection.
if (import.meta.env.PROD) window.addEventListener("load", () => void startWorker().catch(() => undefined));
