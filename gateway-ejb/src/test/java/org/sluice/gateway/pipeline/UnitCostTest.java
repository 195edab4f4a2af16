package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.usage.Price;
import org.sluice.gateway.usage.UnitPrice;

class UnitCostTest {
    private static final UnitPrice UNITS = new UnitPrice(new BigDecimal("15"), new BigDecimal("0.006"),
            Map.of("standard/1024x1024", new BigDecimal("0.04"), "hd/1024x1792", new BigDecimal("0.12")));
    private static final Price PRICE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, null, null, null, null, null, null, 0, null, null, UNITS);

    private static BigDecimal cost(Operation operation, String json, String seconds, Price price) {
        byte[] body = json.replace('\'', '"').getBytes(UTF_8);
        RequestOutline outline = new RequestOutline(body, "m", false, false, JsonReader.readMembers(body));
        return UnitCost.of(new Call(new UUID(1, 2), Instant.EPOCH, 0, new Caller(1, "p", null, "o", "prod"), new OpenAiDialect(), "/", outline, Set.of(),
                GatewayOptions.NONE, operation), price, seconds == null ? null : new BigDecimal(seconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"SPEECH|{'input':'h\u00e9\ud83d\ude00'}|-|0.000045", "SPEECH|{}|-|-", "TRANSCRIPTION|{}|60|0.006", "TRANSCRIPTION|{}|0.2|0.0001",
        "TRANSLATION|{}|-|-", "IMAGE|{}|-|0.04", "IMAGE|{'n':3,'quality':'auto'}|-|0.12", "IMAGE|{'n':2,'quality':'hd','size':'1024x1792'}|-|0.24", "IMAGE|{'size':'7x7'}|-|-", "MODERATION|{'input':'a'}|-|-"})
    void a_call_costs_what_it_is_sold_by(Operation operation, String body, String seconds, String cost) {
        BigDecimal counted = cost(operation, body, seconds, PRICE);
        if (cost == null) {
            assertThat(counted).isNull();
        } else {
            assertThat(counted).isEqualByComparingTo(cost);
        }
    }

    @Test
    void a_model_sold_by_tokens_has_no_such_cost() {
        assertThat(cost(Operation.SPEECH, "{'input':'a'}", null, Price.FREE)).isNull();
        assertThat(cost(Operation.SPEECH, "{'input':'a'}", null, null)).isNull();
    }

    @Test
    void the_length_of_sound_stands_in_usage_or_in_the_answer() {
        for (String answer : new String[] {"{\"text\":\"a\",\"usage\":{\"type\":\"duration\",\"seconds\":9}}", "{\"text\":\"a\",\"duration\":9.0}"}) {
            RelayedAnswer relayed = new RelayedAnswer("application/json", 1000);
            relayed.add(answer.getBytes(UTF_8), answer.length());
            assertThat(relayed.seconds()).isEqualByComparingTo("9");
            assertThat(relayed.usage()).isNull();
        }
    }
}
