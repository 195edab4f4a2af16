package org.sluice.gateway.ingress;

import org.sluice.gateway.call.GatewayOptions.Framing;
import org.sluice.gateway.dialect.Slice;

/** Writes the data of events between the caller's own marks instead of as server-sent events; comments are left out. */
final class Reframing implements StreamForm {
    private final Framing framing;

    Reframing(Framing framing) {
        this.framing = framing;
    }

    @Override
    public String contentType() {
        return SseWriter.CONTENT_TYPE;
    }

    @Override
    public Slice apply(Slice frame) {
        StringBuilder written = new StringBuilder(frame.length() + 16);
        StringBuilder data = null;
        for (String line : frame.text().split("\r\n|\n|\r", -1)) {
            if (line.isEmpty() && data != null) {
                written.append(framing.prefix()).append(data).append(framing.delimiter());
                data = null;
            } else if (line.startsWith("data:")) {
                data = data == null ? new StringBuilder() : data.append('\n');
                data.append(line, line.startsWith("data: ") ? 6 : 5, line.length());
            }
        }
        return Slice.utf8(written.toString());
    }
}
