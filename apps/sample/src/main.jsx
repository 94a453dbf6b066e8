import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { UiProvider } from "@worker-token/ui-kit";
import "@worker-token/ui-kit/styles.css";
import { App } from "./App";
import { workerTokenManager } from "./worker-token";

const root = document.getElementById("root");

void workerTokenManager.ready().then(() => {
  createRoot(root).render(
    <StrictMode>
      <UiProvider>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </UiProvider>
    </StrictMode>,
  );
});
