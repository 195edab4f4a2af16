package org.sluice.gateway.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.sluice.gateway.admission.Spent;
import org.sluice.gateway.attempt.Answer;
import org.sluice.gateway.attempt.AttemptTrail;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.log.CallRecord;
import org.sluice.gateway.log.Outcome;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.usage.Price;
import org.sluice.gateway.usage.Usage;

/** Writes the one record of a call: to the log's journal first, then to the counters. */
@ApplicationScoped
public class CallRecorder {
    @Inject RequestLogWriter log;
    @Inject CallMeter meter;
    @Inject GatewayConfig config;
    private final Clock clock = Clock.systemUTC();

    int contentMax() {
        return (int) config.bytes(ConfigKey.LOG_CONTENT_MAX);
    }

    void answered(Call call, AttemptTrail trail, Answer.Whole answer, byte[] body) {
        ResponseOutline outline = answer.outline();
        write(call, trail, new Ending(Outcome.OK, 200, null, outline.responseModel(), outline.id(), outline.usage(), false,
                System.nanoTime() - call.startedNanos(), List.of(Slice.of(body)), false));
    }

    void streamed(Call call, AttemptTrail trail, RecordedFrames frames, GatewayException failure) {
        Usage usage = frames.answer().frames().usage();
        boolean isEstimated = usage == null && failure != null;
        write(call, trail, new Ending(failure == null ? Outcome.OK : outcome(failure), failure == null ? 200 : failure.status(), failure,
                frames.answer().frames().responseModel(), frames.answer().frames().id(),
                isEstimated ? UsageEstimate.of(call, frames.captured().frames()) : usage, isEstimated, frames.firstByteNanos(), frames.captured().packed(),
                frames.captured().isTruncated()));
    }

    /** An answer that was translated, or an upload's, whole. */
    void embedded(Call call, AttemptTrail trail, Usage usage, String responseModel, String responseId, byte[] body) {
        write(call, trail, new Ending(Outcome.OK, 200, null, responseModel, responseId, usage, false,
                System.nanoTime() - call.startedNanos(), List.of(Slice.of(body)), false), RecordedRequest.of(call), false, null);
    }

    /** Bytes that passed; {@code failure} is null when they did to the end. */
    void relayed(Call call, AttemptTrail trail, RelayedBytes relayed, GatewayException failure) {
        RelayedAnswer answer = relayed.answer();
        write(call, trail, new Ending(failure == null ? Outcome.OK : outcome(failure), failure == null ? relayed.status() : failure.status(), failure,
                answer.model(), answer.id(), answer.usage(), false, relayed.firstByteNanos(), answer.content(), answer.isCut()),
                relayed.request(), relayed.isFree(), failure == null && relayed.status() < 400 ? UnitCost.of(call, price(trail), answer.seconds()) : null);
    }

    /** Records the failure and returns it, or what the client is told instead when recording fails too. */
    GatewayException failed(Call call, AttemptTrail trail, GatewayException failure) {
        try {
            boolean isGone = call.cancellation().isCancelled();
            write(call, trail, new Ending(isGone ? Outcome.CLIENT_CANCELLED : outcome(failure), isGone ? 499 : failure.status(), failure,
                    null, null, null, false, -1, List.of(), false));
            return failure;
        } catch (GatewayException journalRefused) {
            return journalRefused;
        }
    }

    /** A request that never became a plan: refused while it was read. */
    public void refused(Call call, GatewayException failure) {
        failed(call, new AttemptTrail(), failure);
    }

    private record Ending(Outcome outcome, int status, GatewayException failure, String responseModel, String responseId,
            Usage usage, boolean isEstimated, long firstByteNanos, List<Slice> response, boolean isTruncated) { }

    private void write(Call call, AttemptTrail trail, Ending ending) {
        write(call, trail, ending, RecordedRequest.of(call), ending.usage == null || call.options().mockResponse() != null, null);
    }

    private static Price price(AttemptTrail trail) {
        Model model = trail.target() == null ? null : trail.target().model();
        return model == null ? null : model.listPrice();
    }

    /**
     * @param isFree nothing was done that is paid for; else what nobody counted has no known cost
     * @param ofUnits the cost of what is not sold by tokens, or null
     */
    private void write(Call call, AttemptTrail trail, Ending ending, List<Slice> request, boolean isFree, BigDecimal ofUnits) {
        Target target = trail.target();
        Model model = target == null ? null : target.model();
        Price price = price(trail);
        BigDecimal cost = isFree ? BigDecimal.ZERO : ofUnits != null ? ofUnits : price == null || ending.usage == null || isUnitsOnly(price) ? null : price.costOf(ending.usage);
        boolean isLogged = !call.options().observability().isLogDisabled();
        List<String> warnings = warnings(call, trail, isFree || ofUnits != null ? null : ending.usage == null || isUnitsOnly(price) ? "Nobody counted what this model is sold by; cost is null." : priceWarning(model));
        CallRecord record = new CallRecord(call, clock.instant(), ending.outcome, ending.status,
                ending.failure == null ? null : ending.failure.getMessage(), ending.failure == null ? null : code(ending.failure),
                target == null ? null : target.provider().id(), target == null ? null : target.deployment().id(),
                target == null ? null : target.deployment().upstreamModel(), ending.responseModel, ending.responseId, ending.usage,
                ending.isEstimated, cost, price, ending.firstByteNanos,
                trail.firstSentNanos() < 0 ? -1 : trail.firstSentNanos() - call.startedNanos(), System.nanoTime() - call.startedNanos(),
                List.copyOf(trail.attempts()), warnings, isLogged ? request : List.of(),
                isLogged ? ending.response : List.of(), ending.isTruncated, target != null && target.deployment().isCustom());
        try {
            log.ended(record);
        } finally {
            meter.ended(ending.status, ending.usage, cost);
            Usage counted = ending.usage == null ? Usage.NONE : ending.usage;
            trail.settle(new Spent(counted.inputTokens(), counted.outputTokens(), cost, record.usedCustomCredential()));
        }
    }

    /** Tokens of such a model say nothing about its cost. */
    private static boolean isUnitsOnly(Price price) {
        return price != null && price.units() != null && price.input().signum() == 0 && price.output().signum() == 0;
    }

    private static List<String> warnings(Call call, AttemptTrail trail, String ofCost) {
        List<String> losses = call.losses().warnings();
        if (ofCost == null && trail.warnings().isEmpty()) {
            return losses;
        }
        return Stream.of(trail.warnings().stream(), losses.stream(), Stream.ofNullable(ofCost)).flatMap(all -> all).toList();
    }

    private static String priceWarning(Model model) {
        return model == null || model.listPrice() == null ? "The price of this model is not known; cost is null."
                : model.isPriceEstimated() ? "price_estimated: the price of this model is not known; it is taken for " + model.pricedLike() + "." : null;
    }

    private static String code(GatewayException failure) {
        return failure.providerError().map(error -> error.code()).orElse(failure.type().code());
    }

    private static Outcome outcome(GatewayException failure) {
        return switch (failure.type()) {
            case CLIENT_CANCELLED -> Outcome.CLIENT_CANCELLED;
            case UPSTREAM_TIMEOUT -> Outcome.UPSTREAM_TIMEOUT;
            case UPSTREAM_TRUNCATED -> Outcome.UPSTREAM_TRUNCATED;
            case OVERLOADED, SHUTTING_DOWN -> Outcome.SHED;
            case NO_TARGET -> failure.retryAfterSeconds() >= 0 ? Outcome.SHED : Outcome.REJECTED;
            case UPSTREAM_UNREACHABLE, UPSTREAM_RESET, UPSTREAM_INVALID, UPSTREAM_TLS, PROVIDER, INTERNAL -> Outcome.UPSTREAM_ERROR;
            default -> Outcome.REJECTED;
        };
    }
}
