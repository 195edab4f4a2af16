package org.sluice.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.dialect.Losses;

/** What is written and read again is the same. */
class RoundTripTest {
    @RepeatedTest(300)
    void a_request(RepetitionInfo info) {
        ChatRequest request = new RandomContents(new Random(info.getCurrentRepetition())).request();
        Losses losses = new Losses(true);
        byte[] written = Asking.GEMINI.writeRequest(request, losses);
        assertThat(Asking.read("gemini-3-flash", new String(written, UTF_8).replace("'", "\\u0027"))).isEqualTo(request);
        assertThat(losses.warnings()).isEmpty();
    }

    @RepeatedTest(300)
    void an_answer(RepetitionInfo info) {
        ChatResponse response = new RandomContents(new Random(info.getCurrentRepetition())).response();
        assertThat(Asking.GEMINI.readResponse(Asking.GEMINI.writeResponse(response))).isEqualTo(response);
    }
}
