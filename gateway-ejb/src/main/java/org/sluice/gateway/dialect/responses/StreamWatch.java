package org.sluice.gateway.dialect.responses;

import java.nio.charset.StandardCharsets;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/** Looks at a stream that passes through. Parsed are its first event and its last; the others are told by their name. */
final class StreamWatch implements EventWatch {
    private static final byte[] TYPE = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);
    private Usage usage;
    private String id;
    private String responseModel;

    @Override
    public Verdict see(ServerSentEvent event) {
        if (event.data() == null || event.data().length() == 0) {
            return Verdict.RELAY;
        }
        String type = event.event() != null ? event.event() : type(event.data());
        return switch (type) {
            case "response.created", "response.in_progress", "response.queued" -> {
                if (id == null) {
                    note(event.data());
                }
                yield Verdict.RELAY;
            }
            case "response.completed", "response.incomplete" -> {
                note(event.data());
                yield Verdict.LAST;
            }
            case "response.failed" -> {
                note(event.data());
                yield Verdict.ERROR;
            }
            case "error" -> Verdict.ERROR;
            default -> Verdict.RELAY;
        };
    }

    /** The type as it mostly stands, first in the event; only elsewhere the event is read. */
    static String type(Slice data) {
        byte[] b = data.array();
        int from = data.from() + TYPE.length;
        boolean isFirst = data.length() > TYPE.length && java.util.Arrays.equals(b, data.from(), from, TYPE, 0, TYPE.length);
        int to = from;
        while (isFirst && to < data.to() && b[to] != '"') {
            to++;
        }
        if (isFirst && to < data.to()) {
            return new String(b, from, to - from, StandardCharsets.US_ASCII);
        }
        JsonObject event = Json.objectOrNull(data);
        return event == null || event.text("type") == null ? "" : event.text("type");
    }

    private void note(Slice data) {
        JsonObject event = Json.objectOrNull(data);
        JsonObject response = event == null ? null : event.object("response");
        if (response == null) {
            return;
        }
        id = response.text("id") == null ? id : response.text("id");
        responseModel = response.text("model") == null ? responseModel : response.text("model");
        Usage counted = UsageCount.read(response.get("usage"));
        usage = counted == null ? usage : counted;
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
