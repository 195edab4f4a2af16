// The official OpenAI client, unchanged: responses.
import assert from 'node:assert/strict'
import test from 'node:test'
import OpenAI from 'openai'
import { apiKey, isPlace, models, place, question, url, weather } from './gateway.mjs'

const client = new OpenAI({ apiKey, baseURL: url + '/api', maxRetries: 0 })
const tools = [{ type: 'function', name: weather.name, description: weather.description, parameters: weather.schema, strict: true }]

for (const model of models) {
  test(`${model}: a question is answered, with counts`, async () => {
    const answer = await client.responses.create({ model, instructions: 'Be brief.', input: 'Hello there' })
    assert.match(answer.output_text, /Hello there/)
    assert.equal(answer.status, 'completed')
    assert.ok(answer.usage.input_tokens > 0)
  })

  test(`${model}: a stream says the same`, async () => {
    const stream = client.responses.stream({ model, input: 'one two three' })
    let pieces = 0
    stream.on('response.output_text.delta', () => pieces++)
    const answer = await stream.finalResponse()
    assert.match(answer.output_text, /one two three/)
    assert.ok(pieces > 1)
    assert.ok(answer.usage.output_tokens > 0)
  })

  test(`${model}: a tool is called, also in a stream, and its result goes back, by id or in full`, async () => {
    const streamed = await client.responses.stream({ model, input: question, tools }).finalResponse()
    const answer = await client.responses.create({ model, input: question, tools })
    for (const one of [streamed, answer]) {
      const call = one.output.find(item => item.type === 'function_call')
      assert.equal(call.name, 'weather')
      assert.deepEqual(JSON.parse(call.arguments), { city: 'Bern' })
    }
    const result = { type: 'function_call_output', call_id: answer.output.find(item => item.type === 'function_call').call_id, output: 'sunny' }
    const byId = await client.responses.create({ model, tools, previous_response_id: answer.id, input: [result] })
    assert.match(byId.output_text, /sunny/)
    const inFull = await client.responses.create({ model, tools, input: [{ role: 'user', content: question }, ...answer.output, result] })
    assert.match(inFull.output_text, /sunny/)
  })

  test(`${model}: a schema is satisfied`, async () => {
    const answer = await client.responses.create({ model, input: 'Describe Bern', text: { format: { type: 'json_schema', name: 'place', strict: true, schema: place } } })
    assert.ok(isPlace(answer.output_text))
  })

  test(`${model}: a failure has the provider's status and words`, async () => {
    for (const stream of [false, true]) {
      await assert.rejects(() => client.responses.create({ model, input: 'fail 429', stream }), error => error instanceof OpenAI.RateLimitError && /as it was told/.test(error.message))
    }
  })
}
