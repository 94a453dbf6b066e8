export function keep(key: string, value: unknown): void {
  window.localStorage.setItem(key, JSON.stringify(value));
}

export default { put: keep };
