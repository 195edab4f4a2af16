package org.sluice.gateway.log;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.GatewayOptions.Observability;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.usage.Price;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.usage.Usage;

/** Calls and their records, for tests. */
final class Calls {
    static final Price PRICE = Price.of(new BigDecimal("0.15"), new BigDecimal("0.6"));
    private static final AtomicLong SEQUENCE = new AtomicLong();
    private String organization = "acme";
    private String environment = "prod";
    private String customIdentifier = "feature-x";
    private boolean isLogDisabled;
    private boolean isStream;
    private Operation operation = Operation.CHAT;
    private String dialect = "openai";
    private RawJson metadata = new RawJson("{\"team\":\"ml\"}");
    private String request = "{\"model\":\"gpt-4o-mini\",\"temperature\":1e0,\"messages\":[{\"role\":\"user\",\"content\":\"Hello \u20ac\"}]}";
    private String response = "{\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"}}]}";
    private Outcome outcome = Outcome.OK;

    static Calls one() {
        return new Calls();
    }

    Calls organization(String value) {
        organization = value;
        return this;
    }

    Calls environment(String value) {
        environment = value;
        return this;
    }

    Calls customIdentifier(String value) {
        customIdentifier = value;
        return this;
    }

    Calls logDisabled() {
        isLogDisabled = true;
        return this;
    }

    Calls operation(Operation value) {
        operation = value;
        return this;
    }

    Calls dialect(String value) {
        dialect = value;
        return this;
    }

    Calls stream(String frames) {
        isStream = true;
        response = frames;
        return this;
    }

    Calls request(String value) {
        request = value;
        return this;
    }

    Calls response(String value) {
        response = value;
        return this;
    }

    Calls outcome(Outcome value) {
        outcome = value;
        return this;
    }

    Call call() {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        fields.put("thread_identifier", new RawJson("\"thread-7\""));
        fields.put("prompt_messages", new RawJson("[\"told content\"]"));
        GatewayOptions options = new GatewayOptions(new Observability("user_123", customIdentifier, metadata, null, isLogDisabled, false, fields),
                null, Map.of(), null, false, Map.of(), null, null, Set.of(), org.sluice.gateway.call.Routing.NONE, org.sluice.gateway.call.RequestCredentials.NONE, null, 0);
        byte[] body = Slice.utf8(request).array();
        return new Call(id(), Instant.now(), System.nanoTime(), new Caller(7, "vcjRcdm8", "my key", organization, environment),
                new NamedDialect(dialect), "/api/chat/completions", new RequestOutline(body, "gpt-4o-mini", isStream, false, Map.of()), Set.of(), options,
                operation);
    }

    CallRecord ended(Call call) {
        boolean isGood = outcome == Outcome.OK;
        Usage usage = isGood ? new Usage(100, 20, 10, 4, 0, 5, 0, 0) : null;
        List<AttemptRecord> attempts = List.of(new AttemptRecord(1, "openai/gpt-4o-mini", isGood ? "P5" : "P3", isGood ? 200 : 500,
                isGood ? null : "provider_error", 812, usage, false));
        return new CallRecord(call, call.receivedAt().plus(Duration.ofMillis(820)), outcome, isGood ? 200 : 502,
                isGood ? null : "The provider said no.", isGood ? null : "provider_error", "openai", "openai/gpt-4o-mini", "gpt-4o-mini",
                "gpt-4o-mini-2024-07-18", "chatcmpl-1", usage, false, isGood ? PRICE.costOf(usage) : null, isGood ? PRICE : null,
                400_000_000L, 1_500_000L, 820_000_000L, attempts, List.of(), List.of(Slice.utf8(request)),
                response == null ? List.of() : isStream ? packed(response) : List.of(Slice.utf8(response)), false, false);
    }

    CallRecord ended() {
        return ended(call());
    }

    /** A UUIDv7. */
    static UUID id() {
        long sequence = SEQUENCE.incrementAndGet();
        return new UUID(System.currentTimeMillis() << 16 | 0x7000 | sequence & 0xfff, 2L << 62 | sequence);
    }

    private static List<Slice> packed(String frames) {
        CapturedFrames captured = new CapturedFrames(Integer.MAX_VALUE);
        for (String frame : frames.split("(?<=\n\n)")) {
            captured.add(Slice.utf8(frame));
        }
        return captured.packed();
    }
}
