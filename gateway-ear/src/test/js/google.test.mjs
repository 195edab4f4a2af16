// The official Google client, unchanged.
import assert from 'node:assert/strict'
import test from 'node:test'
import { ApiError, GoogleGenAI } from '@google/genai'
import { apiKey, isPlace, models, place, question, url, weather } from './gateway.mjs'

const client = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: url + '/api/google/gemini' } })
const tools = [{ functionDeclarations: [{ name: weather.name, description: weather.description, parametersJsonSchema: weather.schema }] }]

async function streamed(asked) {
  const pieces = []
  for await (const piece of await client.models.generateContentStream(asked)) {
    pieces.push(piece)
  }
  return pieces
}

for (const model of models) {
  test(`${model}: a question is answered, with counts`, async () => {
    const answer = await client.models.generateContent({ model, contents: 'Hello there', config: { systemInstruction: 'Be brief.' } })
    assert.match(answer.text, /Hello there/)
    assert.equal(answer.candidates[0].finishReason, 'STOP')
    assert.ok(answer.usageMetadata.promptTokenCount > 0)
  })

  test(`${model}: a stream says the same`, async () => {
    const pieces = await streamed({ model, contents: 'one two three' })
    assert.match(pieces.map(piece => piece.text ?? '').join(''), /one two three/)
    assert.ok(pieces.length > 1)
    assert.ok(pieces.at(-1).usageMetadata.candidatesTokenCount > 0)
  })

  test(`${model}: a tool is called, also in a stream, and its result goes back`, async () => {
    const contents = [{ role: 'user', parts: [{ text: question }] }]
    const config = { tools }
    const pieces = await streamed({ model, contents, config })
    const answer = await client.models.generateContent({ model, contents, config })
    for (const call of [pieces.flatMap(piece => piece.functionCalls ?? [])[0], answer.functionCalls[0]]) {
      assert.equal(call.name, 'weather')
      assert.deepEqual(call.args, { city: 'Bern' })
    }
    const result = { functionResponse: { id: answer.functionCalls[0].id, name: 'weather', response: { output: 'sunny' } } }
    const last = await client.models.generateContent({ model, config, contents: [...contents, answer.candidates[0].content, { role: 'user', parts: [result] }] })
    assert.match(last.text, /sunny/)
  })

  test(`${model}: a schema is satisfied`, async () => {
    const answer = await client.models.generateContent({ model, contents: 'Describe Bern', config: { responseMimeType: 'application/json', responseJsonSchema: place } })
    assert.ok(isPlace(answer.text))
  })

  test(`${model}: a failure has the provider's status and words`, async () => {
    await assert.rejects(() => client.models.generateContent({ model, contents: 'fail 429' }), error => error instanceof ApiError && error.status === 429 && /as it was told/.test(error.message))
    await assert.rejects(() => streamed({ model, contents: 'fail 429' }), error => error instanceof ApiError && error.status === 429)
  })
}

test('tokens are counted', async () => {
  assert.ok((await client.models.countTokens({ model: models[0], contents: 'Hello there' })).totalTokens > 0)
})
