package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.EventWatch.Verdict;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.usage.Usage;

class StreamWatchTest {
    private final EventWatch watch = new OpenAiDialect().watch(false);

    private static ServerSentEvent event(String name, byte[] data) {
        byte[] shifted = new byte[data.length + 6];
        System.arraycopy(data, 0, shifted, 3, data.length);
        return new ServerSentEvent(name, new Slice(shifted, 3, 3 + data.length), Slice.utf8("data: ...\n\n"), true);
    }

    private Verdict see(String data) {
        return watch.see(event(null, data.getBytes(UTF_8)));
    }

    private static String chunk(String rest) {
        return "{\"id\":\"c1\",\"model\":\"m1\"," + rest + "}";
    }

    @Test
    void deltas_and_comments_pass_and_the_end_is_seen() {
        assertThat(watch.see(new ServerSentEvent(null, null, Slice.utf8(": ping\n\n"), true))).isEqualTo(Verdict.RELAY);
        assertThat(see(chunk("\"choices\":[{\"delta\":{\"content\":\"a\"}}]"))).isEqualTo(Verdict.RELAY);
        assertThat(watch.id()).isEqualTo("c1");
        assertThat(watch.responseModel()).isEqualTo("m1");
        assertThat(see("[DONE]")).isEqualTo(Verdict.LAST);
        assertThat(see(" [DONE] ")).isEqualTo(Verdict.LAST);
    }

    @Test
    void the_usage_chunk_nobody_asked_for_is_dropped_and_counted() {
        assertThat(see(chunk("\"choices\":[], \"usage\" : {\"prompt_tokens\":3,\"completion_tokens\":2}"))).isEqualTo(Verdict.DROP);
        assertThat(watch.usage()).isEqualTo(Usage.of(3, 2));
    }

    @Test
    void the_usage_chunk_the_client_asked_for_passes() {
        EventWatch kept = new OpenAiDialect().watch(true);
        assertThat(kept.see(event(null, chunk("\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}").getBytes(UTF_8)))).isEqualTo(Verdict.RELAY);
        assertThat(kept.usage()).isEqualTo(Usage.of(3, 2));
    }

    @Test
    void u29_usage_beside_choices_passes_and_the_last_count_holds() {
        assertThat(see(chunk("\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}"))).isEqualTo(Verdict.RELAY);
        assertThat(see(chunk("\"choices\":[{\"delta\":{\"content\":\"b\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}"))).isEqualTo(Verdict.RELAY);
        assertThat(see(chunk("\"choices\":[{\"delta\":{}}],\"usage\":null"))).isEqualTo(Verdict.RELAY);
        assertThat(watch.usage()).isEqualTo(Usage.of(3, 2));
        assertThat(see(chunk("\"choices\":[{\"delta\":{}}],\"x_groq\":{\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":5}}"))).isEqualTo(Verdict.RELAY);
        assertThat(watch.usage()).isEqualTo(Usage.of(4, 5));
    }

    @Test
    void an_opening_chunk_without_choices_passes() {
        assertThat(see("{\"id\":\"\",\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[]}")).isEqualTo(Verdict.RELAY);
        assertThat(watch.id()).isNull();
        see(chunk("\"choices\":[]"));
        assertThat(watch.id()).isEqualTo("c1");
    }

    @Test
    void errors_are_seen_in_every_place() {
        assertThat(see("{\"error\":{\"message\":\"x\"}}")).isEqualTo(Verdict.ERROR);
        assertThat(see("{\"error\":\"x\"}")).isEqualTo(Verdict.ERROR);
        assertThat(see(chunk("\"error\":{\"code\":502},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]"))).isEqualTo(Verdict.ERROR);
        assertThat(watch.see(event("error", "{\"x\":1,\"error\":{\"m\":1}}".getBytes(UTF_8)))).isEqualTo(Verdict.ERROR);
        assertThat(watch.isComplete()).isFalse();
    }

    @Test
    void words_in_a_text_are_no_members() {
        see(chunk("\"choices\":[]"));
        assertThat(see(chunk("\"choices\":[{\"delta\":{\"content\":\"{\\\"error\\\":{\\\"message\\\":1}} \\\"usage\\\":{\\\"prompt_tokens\\\":9} [DONE] \\\"finish_reason\\\":\\\"stop\\\"\"}}]"))).isEqualTo(Verdict.RELAY);
        assertThat(see(chunk("\"choices\":[{\"delta\":{\"content\":\"usage\",\"error\":null}}]"))).isEqualTo(Verdict.RELAY);
        assertThat(see(chunk("\"choices\":[{\"delta\":{\"content\":\"error\"}}],\"error\":null"))).isEqualTo(Verdict.RELAY);
        assertThat(see(chunk("\"choices\":[{\"delta\":{\"x\":{\"error\":{\"a\":1}}}}]"))).isEqualTo(Verdict.RELAY);
        assertThat(watch.usage()).isNull();
        assertThat(watch.isComplete()).isFalse();
    }

    @Test
    void u17_a_stream_without_the_end_mark_is_complete_after_its_finish() {
        see(chunk("\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]"));
        assertThat(watch.isComplete()).isFalse();
        see(chunk("\"choices\":[{\"delta\":{},\"finish_reason\": \"stop\"}]"));
        assertThat(watch.isComplete()).isTrue();
        see(chunk("\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}"));
        assertThat(watch.isComplete()).isTrue();
    }

    @Test
    void a_choice_that_still_speaks_after_another_finished_is_not_complete() {
        see(chunk("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]"));
        see(chunk("\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"},\"finish_reason\":null}]"));
        assertThat(watch.isComplete()).isFalse();
    }

    @Test
    void u25_u28_what_is_no_chunk_passes() {
        assertThat(see("not json at all \"usage\":{")).isEqualTo(Verdict.RELAY);
        assertThat(watch.see(event(null, "{\"id\":\"x\",\"c\":\"\u00c3\u0028\",\"usage\":{\"prompt_tokens\":1}}".getBytes(ISO_8859_1)))).isEqualTo(Verdict.RELAY);
        assertThat(watch.see(event("unknown", "{\"a\":[]}".getBytes(UTF_8)))).isEqualTo(Verdict.RELAY);
        assertThat(see("[1,2]")).isEqualTo(Verdict.RELAY);
        assertThat(see("")).isEqualTo(Verdict.RELAY);
        assertThat(see("{\"usage\"")).isEqualTo(Verdict.RELAY);
        assertThat(see("{\"error\":")).isEqualTo(Verdict.RELAY);
    }
}
