'use client';
import { useEffect } from 'react';

/** Tells a test that the app runs in the page. */
export function Awake() {
  useEffect(() => {
    window.awake = true;
  }, []);
  return null;
}
