/** The door of the Responses API ({@code POST /api/responses}, contract 1.10), and its answers that are still held. */
package org.sluice.gateway.ingress.responses;
