package org.sluice.gateway.ingress.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sluice.gateway.dialect.Slice;

class JsonArrayFormTest {
    @Test
    void events_are_items_of_one_array() {
        JsonArrayForm form = new JsonArrayForm();
        String written = form.apply(Slice.utf8(": ping\n\n")).text() + form.apply(Slice.utf8("data: {\"a\":1}\r\n\r\n")).text()
                + form.apply(Slice.utf8("data: {\"b\":\"é\"}\n\ndata: {\"error\":{}}\n\n")).text() + form.end().text();
        assertThat(written).isEqualTo("[{\"a\":1},\r\n{\"b\":\"é\"},\r\n{\"error\":{}}]\n");
        assertThat(form.contentType()).startsWith("application/json");
        assertThat(new JsonArrayForm().end().text()).isEqualTo("[]\n");
    }
}
