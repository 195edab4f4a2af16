package org.sluice.gateway.log;

import java.util.List;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/** Writes attempts as the JSON array that the log row shows. */
final class AttemptWriter {
    private AttemptWriter() { }

    static void write(JsonWriter json, List<AttemptRecord> attempts) {
        json.beginArray();
        for (AttemptRecord attempt : attempts) {
            json.beginObject();
            json.name("n").value(attempt.number());
            json.name("target").value(attempt.deployment());
            json.name("phase").value(attempt.phase());
            json.name("http_status").value(attempt.status());
            json.optional("error_class", attempt.errorCode());
            json.name("ms").value(attempt.millis());
            Usage usage = attempt.usage();
            if (usage != null) {
                json.name("usage").beginObject().name("prompt_tokens").value(usage.inputTokens())
                        .name("completion_tokens").value(usage.outputTokens()).endObject();
            }
            json.name("cost_uncertain").value(attempt.isCostUncertain());
            json.optional("skipped", attempt.skipped());
            json.endObject();
        }
        json.endArray();
    }
}
