package org.sluice.gateway.dialect.gemini;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/** Looks at a stream that passes through. An event after which the answer may be complete is held until the next comes. */
final class StreamWatch implements EventWatch {
    private final UsageCount usage = new UsageCount();
    private final Map<Integer, Boolean> isFinished = new HashMap<>();
    private boolean isBlocked;
    private String id;
    private String responseModel;

    @Override
    public Verdict see(ServerSentEvent event) {
        JsonObject data = event.data() == null || event.data().length() == 0 ? null : ProviderJson.objectOrNull(event.data());
        if (data == null) {
            return Verdict.RELAY;
        }
        if (Fields.get(data, "error") != null && Fields.get(data, "candidates") == null) {
            return Verdict.ERROR;
        }
        id = id == null ? Fields.text(data, "responseId") : id;
        responseModel = responseModel == null ? Fields.text(data, "modelVersion") : responseModel;
        usage.read(Fields.object(data, "usageMetadata"));
        isBlocked |= Fields.object(data, ResponseReader.FEEDBACK) != null;
        List<JsonValue> items = Fields.items(data, "candidates");
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof JsonObject candidate) {
                isFinished.merge((int) Fields.number(candidate, "index", i), Fields.get(candidate, "finishReason") != null, Boolean::logicalOr);
            }
        }
        return isComplete() ? Verdict.HOLD : Verdict.RELAY;
    }

    @Override
    public boolean isComplete() {
        return isFinished.isEmpty() ? isBlocked : !isFinished.containsValue(false);
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
