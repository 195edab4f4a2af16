package org.sluice.gateway.log;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions.Observability;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.journal.JournalBuffer;
import org.sluice.gateway.journal.RecordType;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.usage.Price;
import org.sluice.gateway.usage.Usage;

/** Writes a call as journal fields, straight into the record. On the request path: no binding, little garbage. Thread-safe. */
final class CallRecordWriter {
    /** Recorded parameters that are content: gone when the caller wants no content kept. */
    static final Set<String> CONTENT = Set.of("full_request", "full_response", "messages", "prompt_messages",
            "completion_message", "completion_messages", "tools", "tool_calls", "input", "output", "variables", "prompt_messages_template");
    private static final int PRICES_MAX = 4_096;
    private final int contentMaxBytes;
    private final ArrayBlockingQueue<JsonWriter> writers = new ArrayBlockingQueue<>(64);
    private final Map<Price, byte[]> prices = new ConcurrentHashMap<>();

    CallRecordWriter(int contentMaxBytes) {
        this.contentMaxBytes = contentMaxBytes;
    }

    /** @param inputTokens estimated, for the row that this record becomes when no END follows */
    void writeStart(JournalBuffer out, Call call, String deployment, long inputTokens) {
        out.begin(RecordType.START, call.id());
        writeCall(out, call);
        out.text(Column.DEPLOYMENT_NAME.tag, deployment);
        out.number(Column.PROMPT_TOKENS.tag, inputTokens);
    }

    void writeEnd(JournalBuffer out, CallRecord record) {
        Call call = record.call();
        out.begin(RecordType.END, call.id());
        writeCall(out, call);
        writeResult(out, record);
        writeUsage(out, record);
        Observability told = call.options().observability();
        out.text(Column.CUSTOMER_IDENTIFIER.tag, told.customerIdentifier());
        out.text(Column.CUSTOM_IDENTIFIER.tag, told.customIdentifier());
        out.text(Column.METADATA.tag, told.metadata() == null ? null : told.metadata().text());
        out.text(Column.PROPERTIES.tag, told.properties() == null ? null : told.properties().text());
        out.flag(Column.LOG_OMITTED.tag, told.isLogDisabled());
        writeJson(out, record, told);
        if (!told.isLogDisabled()) {
            writeContent(out, record);
        }
    }

    private void writeCall(JournalBuffer out, Call call) {
        Caller caller = call.caller();
        out.text(Column.ORGANIZATION.tag, caller.organization());
        out.text(Column.ENVIRONMENT.tag, caller.environment());
        out.number(Column.KEY_ID.tag, caller.keyId());
        out.text(Column.KEY_NAME.tag, caller.keyName());
        out.text(Column.KEY_PREFIX.tag, caller.keyPrefix());
        out.text(Column.PATH.tag, call.path());
        out.text(Column.DIALECT.tag, call.ingress().name());
        out.text(Column.LOG_TYPE.tag, logType(call));
        out.text(Column.REQUEST_MODEL.tag, call.model());
        out.flag(Column.STREAM.tag, call.isStream());
        out.number(Column.STARTED_AT.tag, micros(call.receivedAt()));
    }

    /** A chat at the Responses door is a type of its own (contract 3.4). */
    private static String logType(Call call) {
        return call.operation() == Operation.CHAT && call.ingress().name().equals("responses") ? "response" : call.operation().logType();
    }

    private static void writeResult(JournalBuffer out, CallRecord record) {
        out.number(Column.ENDED_AT.tag, micros(record.endedAt()));
        out.number(Column.STATUS_CODE.tag, record.status());
        out.text(Column.OUTCOME.tag, record.outcome().wireName());
        out.text(Column.ERROR_CODE.tag, record.errorCode());
        out.text(Column.ERROR_MESSAGE.tag, record.errorMessage());
        out.text(Column.UPSTREAM_MODEL.tag, record.upstreamModel());
        out.text(Column.RESPONSE_MODEL.tag, record.responseModel());
        out.text(Column.PROVIDER_ID.tag, record.provider());
        out.text(Column.DEPLOYMENT_NAME.tag, record.deployment());
        out.text(Column.RESPONSE_ID.tag, record.responseId());
        out.number(Column.LATENCY.tag, record.latencyNanos());
        optional(out, Column.TIME_TO_FIRST_TOKEN, record.firstByteNanos());
        optional(out, Column.ROUTING_TIME, record.routingNanos());
        out.flag(Column.USED_CUSTOM_CREDENTIAL.tag, record.usedCustomCredential());
    }

    private void writeUsage(JournalBuffer out, CallRecord record) {
        Usage usage = record.usage();
        if (usage != null) {
            out.number(Column.PROMPT_TOKENS.tag, usage.inputTokens());
            out.number(Column.COMPLETION_TOKENS.tag, usage.outputTokens());
            out.number(Column.PROMPT_CACHE_HIT_TOKENS.tag, usage.cacheReadTokens());
            out.number(Column.PROMPT_CACHE_CREATION_TOKENS.tag, usage.cacheWriteTokens());
            out.number(Column.PROMPT_CACHE_CREATION_1H_TOKENS.tag, usage.cacheWrite1hTokens());
            out.number(Column.REASONING_TOKENS.tag, usage.reasoningTokens());
            out.number(Column.AUDIO_PROMPT_TOKENS.tag, usage.audioInputTokens());
            out.number(Column.AUDIO_COMPLETION_TOKENS.tag, usage.audioOutputTokens());
        }
        out.text(Column.USAGE_SOURCE.tag, usage == null ? "none" : record.isUsageEstimated() ? "estimated" : "provider");
        out.text(Column.COST.tag, record.cost() == null ? null : record.cost().toPlainString());
        if (record.price() != null) {
            out.bytes(Column.PRICE.tag, Slice.of(price(record.price())));
        }
    }

    private void writeJson(JournalBuffer out, CallRecord record, Observability told) {
        JsonWriter json = writers.poll();
        json = json == null ? new JsonWriter() : json;
        if (!record.attempts().isEmpty()) {
            AttemptWriter.write(json.reset(), record.attempts());
            out.bytes(Column.ATTEMPTS.tag, json.toSlice());
        }
        if (!record.warnings().isEmpty()) {
            json.reset().beginArray();
            record.warnings().forEach(json::value);
            out.bytes(Column.WARNINGS.tag, json.endArray().toSlice());
        }
        if (!told.fields().isEmpty()) {
            json.reset().beginObject();
            for (Map.Entry<String, RawJson> field : told.fields().entrySet()) {
                if (!told.isLogDisabled() || !CONTENT.contains(field.getKey())) {
                    json.name(field.getKey()).raw(field.getValue());
                }
            }
            out.bytes(Column.OBSERVABILITY.tag, json.endObject().toSlice());
        }
        writers.offer(json);
    }

    private void writeContent(JournalBuffer out, CallRecord record) {
        if (!record.request().isEmpty() && !out.bytes(Column.REQUEST, record.request(), contentMaxBytes)) {
            out.flag(Column.REQUEST_CUT, true);
        }
        if (!record.response().isEmpty()) {
            boolean isWhole = out.bytes(Column.RESPONSE, record.response(), contentMaxBytes);
            out.flag(Column.RESPONSE_CUT, !isWhole || record.isResponseTruncated());
            out.flag(Column.RESPONSE_FRAMES, record.call().isStream());
        }
    }

    private byte[] price(Price price) {
        byte[] known = prices.get(price);
        if (known == null) {
            if (prices.size() >= PRICES_MAX) {
                prices.clear();
            }
            known = writePrice(price);
            prices.put(price, known);
        }
        return known;
    }

    private static byte[] writePrice(Price price) {
        JsonWriter json = new JsonWriter().beginObject();
        money(json, "input", price.input());
        money(json, "output", price.output());
        money(json, "cache_read", price.cacheRead());
        money(json, "cache_write", price.cacheWrite());
        money(json, "cache_write_1h", price.cacheWrite1h());
        money(json, "audio_input", price.audioInput());
        money(json, "audio_output", price.audioOutput());
        money(json, "per_thousand_calls", price.perThousandCalls());
        if (price.longContextFrom() > 0) {
            json.name("long_context_from").value(price.longContextFrom());
            money(json, "long_context_input", price.longContextInput());
            money(json, "long_context_output", price.longContextOutput());
        }
        return json.endObject().toBytes();
    }

    private static void money(JsonWriter json, String name, BigDecimal amount) {
        if (amount != null) {
            json.name(name).literal(amount.toPlainString());
        }
    }

    private static void optional(JournalBuffer out, Column column, long nanos) {
        if (nanos >= 0) {
            out.number(column.tag, nanos);
        }
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
