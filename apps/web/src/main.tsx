/** Starts the app in the page. */
// In a cascade layer: our own rules win over the library's whichever chunk is loaded first.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './theme/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('main: expected an element with id "root" in index.html, got none');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
