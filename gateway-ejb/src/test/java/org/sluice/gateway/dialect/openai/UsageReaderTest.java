package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

class UsageReaderTest {
    private static Usage read(String json) {
        return UsageReader.read(JsonReader.read(json.getBytes(UTF_8)));
    }

    @Test
    void openais_details_are_read() {
        assertThat(read("{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120,\"prompt_tokens_details\":{\"cached_tokens\":64,\"audio_tokens\":5},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":8,\"audio_tokens\":3}}")).isEqualTo(new Usage(100, 20, 64, 0, 0, 8, 5, 3));
    }

    @Test
    void xais_reasoning_beside_the_completion_is_output() {
        assertThat(read("{\"prompt_tokens\":331,\"completion_tokens\":11,\"total_tokens\":674,\"prompt_tokens_details\":{\"cached_tokens\":283},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":332}}")).isEqualTo(new Usage(331, 343, 283, 0, 0, 332, 0, 0));
    }

    @Test
    void mistrals_audio_beside_the_prompt_is_input() {
        assertThat(read("{\"prompt_audio_seconds\":4,\"prompt_tokens\":9,\"total_tokens\":585,\"completion_tokens\":201,\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":375}}"))
                .isEqualTo(new Usage(384, 201, 0, 0, 0, 0, 375, 0));
    }

    @Test
    void every_notation_of_cached_tokens_is_read() {
        assertThat(read("{\"prompt_tokens\":343,\"completion_tokens\":1,\"prompt_cache_hit_tokens\":256}").cacheReadTokens()).isEqualTo(256);
        assertThat(read("{\"prompt_tokens\":94,\"completion_tokens\":1,\"num_cached_tokens\":48}").cacheReadTokens()).isEqualTo(48);
        assertThat(read("{\"prompt_tokens\":9,\"completion_tokens\":1,\"cache_read_input_tokens\":4,\"cache_creation_input_tokens\":3}")).isEqualTo(new Usage(9, 1, 4, 3, 0, 0, 0, 0));
        assertThat(read("{\"prompt_tokens\":4020,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cache_write_tokens\":4012,\"cached_tokens\":0}}").cacheWriteTokens()).isEqualTo(4012);
    }

    @Test
    void parts_never_exceed_the_whole() {
        assertThat(read("{\"prompt_tokens\":29,\"completion_tokens\":6,\"total_tokens\":35,\"prompt_tokens_details\":{\"cached_tokens\":157}}")).isEqualTo(new Usage(29, 6, 29, 0, 0, 0, 0, 0));
        assertThat(read("{\"prompt_tokens\":-5,\"completion_tokens\":2,\"completion_tokens_details\":{\"reasoning_tokens\":-1}}")).isEqualTo(Usage.of(0, 2));
    }

    @Test
    void what_counts_nothing_is_null() {
        assertThat(read("null")).isNull();
        assertThat(read("{}")).isNull();
        assertThat(read("[]")).isNull();
        assertThat(UsageReader.read(null)).isNull();
    }

    @Test
    void written_usage_is_read_back_equal() {
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            long read = random.nextInt(1000);
            long write = random.nextInt(1000);
            long audioIn = random.nextInt(50);
            long input = read + write + audioIn + random.nextInt(1000);
            long output = 1 + random.nextInt(1000);
            Usage usage = new Usage(input, output, read, write, random.nextInt((int) write + 1), random.nextInt((int) output), audioIn, random.nextInt((int) output));
            JsonWriter json = new JsonWriter();
            UsageWriter.write(json, usage, java.util.Map.of());
            assertThat(read(json.toText())).isEqualTo(usage);
        }
    }
}
