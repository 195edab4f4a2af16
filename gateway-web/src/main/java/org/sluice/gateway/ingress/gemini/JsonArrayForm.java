package org.sluice.gateway.ingress.gemini;

import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.ingress.StreamForm;

/** A stream as Google writes it without {@code alt=sse}: one JSON array whose items come one by one. Comments are left out. */
final class JsonArrayForm implements StreamForm {
    private boolean isOpen;

    @Override
    public String contentType() {
        return "application/json; charset=utf-8";
    }

    @Override
    public Slice apply(Slice frame) {
        StringBuilder written = new StringBuilder(frame.length());
        StringBuilder data = null;
        for (String line : frame.text().split("\r\n|\n|\r", -1)) {
            if (line.isEmpty() && data != null) {
                written.append(isOpen ? ",\r\n" : "[").append(data);
                isOpen = true;
                data = null;
            } else if (line.startsWith("data:")) {
                data = data == null ? new StringBuilder() : data.append('\n');
                data.append(line, line.startsWith("data: ") ? 6 : 5, line.length());
            }
        }
        return Slice.utf8(written.toString());
    }

    @Override
    public Slice end() {
        return Slice.utf8(isOpen ? "]\n" : "[]\n");
    }
}
