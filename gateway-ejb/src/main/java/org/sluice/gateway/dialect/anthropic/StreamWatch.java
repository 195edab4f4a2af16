package org.sluice.gateway.dialect.anthropic;

import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/** Looks at a stream that passes through. Parsed are the start, the counts and the end; deltas are told by their name. */
final class StreamWatch implements EventWatch {
    private final UsageCount usage = new UsageCount();
    private String id;
    private String responseModel;

    @Override
    public Verdict see(ServerSentEvent event) {
        if (event.data() == null || event.data().length() == 0) {
            return Verdict.RELAY;
        }
        String type = event.event() != null ? event.event() : type(event.data());
        return switch (type) {
            case "message_start", "message_delta" -> {
                count(ProviderJson.objectOrNull(event.data()));
                yield Verdict.RELAY;
            }
            case "message_stop" -> Verdict.LAST;
            case "error" -> Verdict.ERROR;
            default -> Verdict.RELAY;
        };
    }

    private static String type(Slice data) {
        JsonObject event = ProviderJson.objectOrNull(data);
        return event == null || event.text("type") == null ? "" : event.text("type");
    }

    private void count(JsonObject event) {
        if (event == null) {
            return;
        }
        JsonObject message = event.object("message");
        if (message != null) {
            id = message.text("id");
            responseModel = message.text("model");
        }
        usage.read(message == null ? event.object("usage") : message.object("usage"));
    }

    @Override
    public Usage usage() {
        return usage.usage();
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
