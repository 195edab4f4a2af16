package org.sluice.gateway.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;

class TokenEstimateTest {
    private static final Dialect DIALECT = new AnthropicDialect();

    private static long of(String request) {
        byte[] body = request.replace('\'', '"').getBytes(UTF_8);
        return TokenEstimate.of(DIALECT.readRequest(DIALECT.readOutline(body), Set.of()));
    }

    private static long content(String blocks) {
        return of("{'model':'m','messages':[{'role':'user','content':[" + blocks + "]}]}") - 4;
    }

    @Test
    void text_is_a_token_for_four_bytes_and_each_message_four_more() {
        assertThat(of("{'messages':[{'role':'user','content':'12345678'}]}")).isEqualTo(6);
        assertThat(of("{'system':'1234','messages':[{'role':'user','content':'1234'},{'role':'assistant','content':'ééé'}]}")).isEqualTo(12 + 4);
    }

    @Test
    void tools_count_by_what_the_model_reads_of_them() {
        long without = of("{'messages':[{'role':'user','content':'1234'}]}");
        assertThat(of("{'tools':[{'name':'abcd','description':'efgh','input_schema':{'type':'object'}}],'messages':[{'role':'user','content':'1234'}]}") - without).isEqualTo(8 + 2 + 5);
        assertThat(content("{'type':'tool_result','tool_use_id':'t','content':[{'type':'text','text':'12345678'}]}")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'type':'image','source':{'type':'url','url':'https://x'}}|1500",
        "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}|1500",
        "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AAAA'}}|2000",
        "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'12345678'}}|2",
        "{'type':'thinking','thinking':'1234','signature':'long but not read'}|1"})
    void images_and_documents_have_their_price(String block, long tokens) {
        assertThat(content(block)).isEqualTo(tokens);
    }
}
