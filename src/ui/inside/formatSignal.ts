/** A value inside a network: three decimals, with the minus of typography. */
export function formatSignal(value: number, language: string, sign = false): string {
  const text = new Intl.NumberFormat(language, {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
    signDisplay: sign ? 'exceptZero' : 'negative',
  }).format(value);
  return text.replace('-', '−');
}
