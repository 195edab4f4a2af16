package org.sluice.gateway.dialect.openai;

import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/**
 * Looks at the chunks of a stream that passes through. Parsed are the first chunks, until they named id and model, and
 * those with usage or an error; an event that is no JSON is passed on as it is.
 */
final class StreamWatch implements EventWatch {
    private static final int NAMING_CHUNKS = 4;
    private final boolean keepUsage;
    private Usage usage;
    private String id;
    private String responseModel;
    private int chunks;
    private boolean isComplete;

    StreamWatch(boolean keepUsage) {
        this.keepUsage = keepUsage;
    }

    @Override
    public Verdict see(ServerSentEvent event) {
        Slice data = event.data();
        if (data == null || data.length() == 0) {
            return Verdict.RELAY;
        }
        if (EventScan.isDone(data)) {
            isComplete = true;
            return Verdict.LAST;
        }
        boolean isUnnamed = id == null && chunks++ < NAMING_CHUNKS;
        EventScan scan = new EventScan(data);
        if (!isUnnamed && !scan.hasUsage && !scan.hasError) {
            isComplete = scan.hasFinish;
            return Verdict.RELAY;
        }
        JsonObject chunk = chunk(data);
        if ("error".equals(event.event()) || chunk != null && isError(chunk)) {
            isComplete = false;
            return Verdict.ERROR;
        }
        if (chunk == null) {
            return Verdict.RELAY;
        }
        if (isUnnamed) {
            name(chunk);
        }
        boolean hasUsage = scan.hasUsage && count(chunk);
        if (hasUsage && chunk.get("choices") != null && chunk.items("choices").isEmpty()) {
            return keepUsage ? Verdict.RELAY : Verdict.DROP;
        }
        isComplete = scan.hasFinish;
        return Verdict.RELAY;
    }

    private static JsonObject chunk(Slice data) {
        try {
            return JsonReader.read(data.array(), data.from(), data.to()) instanceof JsonObject object ? object : null;
        } catch (GatewayException notJson) {
            return null;
        }
    }

    static boolean isError(JsonObject chunk) {
        JsonValue error = chunk.present("error");
        return error instanceof JsonObject object ? !object.members().isEmpty() : error != null && error.asText() != null && !error.asText().isEmpty();
    }

    private void name(JsonObject chunk) {
        String given = chunk.text("id");
        if (given != null && !given.isEmpty()) {
            id = given;
        }
        if (chunk.text("model") != null && !chunk.text("model").isEmpty()) {
            responseModel = chunk.text("model");
        }
    }

    /** Whether the chunk itself carries usage; Groq's older place for it is {@code x_groq}. */
    private boolean count(JsonObject chunk) {
        Usage counted = UsageReader.read(chunk.get("usage"));
        if (counted == null && chunk.object("x_groq") != null) {
            counted = UsageReader.read(chunk.object("x_groq").get("usage"));
        }
        if (counted != null) {
            usage = counted;
        }
        return counted != null;
    }

    /** The last chunk finished a choice, so a stream that just ends has said everything. */
    @Override
    public boolean isComplete() {
        return isComplete;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String responseModel() {
        return responseModel;
    }
}
