import { StatusBadge } from "@worker-token/ui-kit";
import { useTokenInfo } from "../hooks/useTokenInfo";
import { timeLeftText } from "../lib/tokenExpiry";

const FIVE_MINUTES = 300;

export function TokenBadge() {
  const { hasToken, timeLeft } = useTokenInfo();
  if (!hasToken) return <StatusBadge tone="neutral">No token</StatusBadge>;
  const tone = timeLeft > FIVE_MINUTES ? "good" : "warning";
  return <StatusBadge tone={tone}>{`Token valid, ${timeLeftText(timeLeft)}`}</StatusBadge>;
}
