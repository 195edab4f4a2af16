package org.sluice.gateway.admission;

import java.math.BigDecimal;

/**
 * What one call took, as its log row says.
 *
 * @param inputTokens 0 when nobody counted
 * @param outputTokens 0 when nobody counted
 * @param cost USD; zero when it was free, null when it is not known
 * @param isOnCustomCredential a key of the request or of the organization was used, so the operator pays nothing
 */
public record Spent(long inputTokens, long outputTokens, BigDecimal cost, boolean isOnCustomCredential) {
    public static final Spent NOTHING = new Spent(0, 0, BigDecimal.ZERO, false);
}
