package org.sluice.gateway.log;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.usage.Price;
import org.sluice.gateway.usage.Usage;

/**
 * Everything the log keeps of one ended call. Bodies are slices of the arrays the call already holds; they are copied
 * into the journal before {@link RequestLogWriter#ended} returns.
 *
 * @param status HTTP status the client got (499 when it was gone)
 * @param errorMessage message the client got, or null
 * @param errorCode or null
 * @param deployment that answered or was tried last, or null when none was
 * @param responseModel the model that answered as the provider names it, or null
 * @param usage null when nothing was counted
 * @param isUsageEstimated the counts are the gateway's, not the provider's
 * @param cost USD, null when the price is not known
 * @param price the price used, null when not known
 * @param firstByteNanos from arrival to the first byte for the client, -1 when none
 * @param routingNanos from arrival to the first byte to the provider, -1 when none
 * @param latencyNanos from arrival to end
 * @param request the request without credentials; empty when the log is disabled
 * @param response the answer in the client's dialect: one JSON document, or the {@link CapturedFrames#packed
 *     packed} frames of a stream; empty when there is none or the log is disabled
 * @param isResponseTruncated the answer was longer than the log keeps
 * @param usedCustomCredential a key of the request or of the organization was used, not the operator's
 */
public record CallRecord(Call call, Instant endedAt, Outcome outcome, int status, String errorMessage, String errorCode,
        String provider, String deployment, String upstreamModel, String responseModel, String responseId, Usage usage,
        boolean isUsageEstimated, BigDecimal cost, Price price, long firstByteNanos, long routingNanos, long latencyNanos,
        List<AttemptRecord> attempts, List<String> warnings, List<Slice> request, List<Slice> response,
        boolean isResponseTruncated, boolean usedCustomCredential) {}
