package org.sluice.gateway.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Numbers and ids of a stream: events count on to a failure, and a thought has one id from its beginning to its end. */
class EventNumberTest {
    private static final ResponsesDialect DIALECT = new ResponsesDialect(Clock.systemUTC());

    private static long number(String frame) {
        byte[] around = ("xx" + frame + "data: {\"sequence_number\":99}").getBytes(UTF_8);
        return DIALECT.eventNumber(new Slice(around, 2, 2 + frame.getBytes(UTF_8).length));
    }

    @Test
    void the_number_of_the_last_event_is_found_wherever_it_stands() {
        assertThat(number("event: a\ndata: {\"type\":\"a\",\"sequence_number\":7,\"delta\":\"\\\"sequence_number\\\":8\"}\n\n")).isEqualTo(7);
        assertThat(number("data: {\"sequence_number\":1}\n\nevent: b\r\ndata:{\"sequence_number\": 12 }\r\n\r\n")).isEqualTo(12);
        assertThat(number("data: {\"response\":{\"tools\":[{\"sequence_number\":3}]},\"sequence_number\":40}\n\n")).isEqualTo(40);
        assertThat(number("data: {\"delta\":\"" + "{".repeat(300) + "\",\"sequence_number\":5}\n\n")).isEqualTo(5);
        for (String none : List.of(": ping\n\n", "", "data: {\"type\":\"a\"}\n\n", "data: [DONE]\n\n", "data: {\"sequence_number\":\"x\"}\n\n")) {
            assertThat(number(none)).as(none).isEqualTo(-1);
        }
    }

    @Test
    void a_failure_goes_on_counting_and_a_providers_event_is_quoted_only_where_its_number_is_the_next() {
        GatewayException broken = new GatewayException(ErrorType.UPSTREAM_TRUNCATED, "It broke off.");
        assertThat(DIALECT.writeErrorEvent(broken, "id", 9).text()).startsWith("event: error\ndata: {\"type\":\"error\",\"sequence_number\":9,");
        String told = "{\"type\":\"error\",\"code\":\"x\",\"message\":\"Slow\",\"param\":null,\"sequence_number\":3}";
        Slice frame = Slice.utf8("data: " + told + "\n\n");
        GatewayException provider = GatewayException.provider(ErrorReader.read(502, "application/json", told.getBytes(UTF_8)).withEvent(frame.toBytes()));
        assertThat(DIALECT.writeErrorEvent(provider, "id", 3).text()).isEqualTo(frame.text());
        assertThat(DIALECT.writeErrorEvent(provider, "id", 5).text()).contains("\"sequence_number\":5,\"code\":\"x\",\"message\":\"Slow\"");
    }

    private static List<ChatChunk> read(String... events) {
        List<ChatChunk> chunks = new ArrayList<>();
        var reader = DIALECT.chunkReader();
        for (String data : events) {
            chunks.addAll(reader.read(new ServerSentEvent(null, Slice.utf8(data), Slice.utf8("data: " + data + "\n\n"), true)));
        }
        return chunks;
    }

    @Test
    void a_thought_is_begun_under_the_id_under_which_it_ends() {
        List<ChatChunk> chunks = read("{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"m\"}}",
                "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}}",
                "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"id\":\"rs_other\",\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"E\"}}",
                "{\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":[]}}");
        ChunkWriter writer = DIALECT.chunkWriter(true);
        StringBuilder stream = new StringBuilder();
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        chunks.forEach(chunk -> {
            assembler.add(chunk);
            Slice frame = chunk instanceof ChatChunk.Ended ? writer.end() : writer.write(chunk);
            stream.append(frame == null ? "" : frame.text());
        });
        List<String> ids = new ArrayList<>();
        for (JsonObject event : Said.events(stream.toString().getBytes(UTF_8))) {
            if (event.object("item") != null) {
                ids.add(event.object("item").text("id"));
            }
        }
        assertThat(ids).containsExactly("rs_1", "rs_1");
        assertThat(stream).contains("\"encrypted_content\":\"E\"").doesNotContain("rs_other", "rs_gw");
        assertThat(assembler.response().choices().get(0).message().parts()).singleElement().isInstanceOf(Part.Thinking.class);
    }
}
