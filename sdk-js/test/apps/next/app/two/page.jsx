import Link from 'next/link';

export default function Page() {
  return (
    <main>
      <h1>Two</h1>
      <Link href="/">One</Link>
      <iframe
        data-src="https://films.invalid/next"
        data-samtycke-purpose="marketing"
        width="320"
        height="180"
        title="Film"
      />
      <script type="text/plain" data-samtycke-purpose="statistics" src="https://stats.invalid/next.js" />
    </main>
  );
}
