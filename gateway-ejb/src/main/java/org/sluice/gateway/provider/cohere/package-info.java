/**
 * Cohere, in its own dialect of the second version.
 *
 * <p>The dialect is spoken with the provider only. Its rules:
 * <ul>
 * <li>System and developer messages stay where they stand and become system messages.
 * <li>What a model thinks is its {@code thinking} content, or the {@code tool_plan} in a turn that calls tools; both are
 *     thoughts here and go back the same way. Signed thoughts of other providers are not sent.
 * <li>A tool result is the text of a tool message; a document in it stays a document, which Cohere can cite. Images there are
 *     left out. {@code null} as arguments means a call without any and becomes an empty object.
 * <li>{@code tool_choice} required and none exist; a certain tool is forced by offering it alone. Tools that are all strict set
 *     {@code strict_tools}.
 * <li>{@code json_schema} and {@code json_object} become {@code response_format}; effort and budget become {@code thinking}.
 * <li>Penalties go from 0 to 1; others are cut to that. {@code documents}, {@code citation_options}, {@code safety_mode},
 *     {@code strict_tools}, {@code priority}, {@code thinking} and {@code logprobs} pass. {@code n} over 1, {@code logit_bias} and
 *     whatever else has no counterpart is left out and told.
 * <li>Sound and files that are no text are refused with 400: without them the answer would be about something else.
 * <li>Usage is {@code usage.tokens}, with images, which is what the model read; {@code billed_units}, what Cohere writes on
 *     the bill, stands beside it as {@code usage.billed_units}.
 * <li>Citations stand in {@code citations} of the message, as Cohere writes them.
 * <li>{@code ERROR} and {@code TIMEOUT} as the reason for the end are failures of the provider. The answer does not name its
 *     model.
 * </ul>
 *
 * @see <a href="https://docs.cohere.com/reference/chat">Cohere: chat</a>
 */
package org.sluice.gateway.provider.cohere;
