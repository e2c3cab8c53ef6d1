import { Awake } from './awake';

export const metadata = { title: 'Loomer' };

export default function Layout({ children }) {
  return (
    <html lang="sv">
      <head>
        <script type="module" src="https://consent.invalid/sdk/banner.js" data-key="KEY_OF_THE_SITE" />
      </head>
      <body>
        <Awake />
        {children}
      </body>
    </html>
  );
}
