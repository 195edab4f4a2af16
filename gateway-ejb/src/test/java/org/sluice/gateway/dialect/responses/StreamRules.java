package org.sluice.gateway.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** What every stream of this dialect keeps to. */
final class StreamRules {
    private static final Map<String, String> ENDS = Map.of("response.output_item.added", "response.output_item.done",
            "response.content_part.added", "response.content_part.done", "response.reasoning_summary_part.added", "response.reasoning_summary_part.done");

    private StreamRules() { }

    static void check(List<JsonObject> events) {
        assertThat(events).extracting(event -> event.text("type")).startsWith("response.created", "response.in_progress");
        Set<String> open = new HashSet<>();
        Set<String> ids = new HashSet<>();
        Map<Long, String> itemIds = new HashMap<>();
        long nextItem = 0;
        for (int i = 0; i < events.size(); i++) {
            JsonObject event = events.get(i);
            String type = event.text("type");
            assertThat(event.number("sequence_number", -1)).isEqualTo(i);
            String place = event.number("output_index", -1) + "/" + event.number("content_index", -1) + "/" + event.number("summary_index", -1);
            if (event.object("response") != null) {
                ids.add(event.object("response").text("id"));
            }
            if (type.equals("response.output_item.added")) {
                assertThat(event.number("output_index", -1)).isEqualTo(nextItem++);
                itemIds.put(event.number("output_index", -1), event.object("item").text("id"));
            } else if (event.text("item_id") != null) {
                assertThat(event.text("item_id")).isEqualTo(itemIds.get(event.number("output_index", -1)));
                assertThat(open).as(type).contains("response.output_item.added " + event.number("output_index", -1) + "/-1/-1");
            }
            if (ENDS.containsKey(type)) {
                assertThat(open.add(type + " " + place)).as(type + place).isTrue();
            } else if (ENDS.containsValue(type)) {
                assertThat(open.remove(type.replace(".done", ".added") + " " + place)).as(type + place).isTrue();
            } else if (type.startsWith("response.output_text") || type.startsWith("response.refusal")) {
                assertThat(open).as(type).contains("response.content_part.added " + place);
            }
        }
        assertThat(open).isEmpty();
        assertThat(ids).hasSize(1);
        assertThat(new HashSet<>(itemIds.values())).hasSameSizeAs(itemIds.values()).doesNotContainNull();
        assertThat(events.get(events.size() - 1).text("type")).isIn("response.completed", "response.incomplete");
        assertThat(events.get(events.size() - 1).object("response").items("output")).hasSize((int) nextItem);
    }
}
