package org.sluice.gateway.log;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** What was said in a call. Read only, and does not leave this package. */
@Entity
@Table(name = "request_log_content")
class RequestLogContent {
    private static final int DEFLATED = 1;
    @Id @Column(name = "log_id") UUID logId;
    byte[] request;
    @Column(name = "request_form") short requestForm;
    byte[] response;
    @Column(name = "response_form") short responseForm;
    @Column(name = "response_frames") boolean responseFrames;

    protected RequestLogContent() { }

    /** Plain bytes, or null. */
    byte[] plainRequest() {
        return plain(request, requestForm);
    }

    /** Plain bytes, or null. */
    byte[] plainResponse() {
        return plain(response, responseForm);
    }

    /** Stored size in bytes. */
    int size() {
        return (request == null ? 0 : request.length) + (response == null ? 0 : response.length);
    }

    private static byte[] plain(byte[] stored, short form) {
        return stored == null || form != DEFLATED ? stored : Compression.inflate(stored);
    }
}
