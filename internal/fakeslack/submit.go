package fakeslack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Submitted is how the app answered the submission of a modal.
type Submitted struct {
	// Action is "" or "clear" when the modal closed and "errors" when it stayed.
	Action string `json:"response_action"`
	// Errors are shown under the fields, by block_id.
	Errors map[string]string `json:"errors"`
}

// SubmitView lets a person fill in an open modal, by action_id, and submit it; it returns when the app
// has acknowledged. Values are texts, the values of options (joined by commas for checkboxes), dates
// as 2006-01-02, times as 15:04 and ids of people. Fields not named keep their initial value. What
// Slack would not let a person submit is an error.
func (s *Server) SubmitView(viewID, userID string, values map[string]string) (Submitted, error) {
	v, payload, err := s.viewSubmission(viewID, userID, values)
	if err != nil {
		return Submitted{}, fmt.Errorf("submit %s: %w", viewID, err)
	}
	reply, err := s.deliver("interactive", payload)
	if err != nil {
		return Submitted{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.answerView(v, reply), nil
}

func (s *Server) viewSubmission(viewID, userID string, values map[string]string) (*view, object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := s.person(userID)
	if err != nil {
		return nil, nil, err
	}
	at := slices.IndexFunc(s.views, func(v *view) bool { return v.id == viewID && v.open && v.user == u.ID })
	if at < 0 {
		return nil, nil, fmt.Errorf("open view of %s: %w", userID, ErrNotThere)
	}
	v := s.views[at]
	state, err := v.fill(values)
	if err != nil {
		return nil, nil, err
	}
	shown := v.json()
	shown["state"] = object{"values": state}
	payload := s.interaction("view_submission", u)
	payload["view"], payload["response_urls"] = shown, []object{}
	return v, payload, nil
}

// fill returns the state of all fields: block_id to action_id to value.
func (v *view) fill(values map[string]string) (object, error) {
	state, known := object{}, map[string]bool{}
	for _, b := range inputs(v.blocks()) {
		e := sub(b, "element")
		id := str(e, "action_id")
		known[id] = true
		value, ok := values[id]
		if !ok {
			value = initial(e)
		}
		if optional, _ := b["optional"].(bool); value == "" && !optional {
			return nil, fmt.Errorf("field %s is required", id)
		}
		field, err := fieldValue(e, value)
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", id, err)
		}
		state[str(b, "block_id")] = object{id: field}
	}
	for id := range values {
		if !known[id] {
			return nil, fmt.Errorf("field %s: %w", id, ErrNotThere)
		}
	}
	return state, nil
}

// initial is what a field holds before anybody touches it.
func initial(e object) string {
	for _, key := range []string{"initial_value", "initial_date", "initial_time", "initial_user"} {
		if value := str(e, key); value != "" {
			return value
		}
	}
	var ticked []string
	for _, o := range objects(e["initial_options"]) {
		ticked = append(ticked, str(o, "value"))
	}
	return str(sub(e, "initial_option"), "value") + strings.Join(ticked, ",")
}

// fieldValue puts a value where the type of the element has it.
func fieldValue(e object, value string) (object, error) {
	kind := str(e, "type")
	field := object{"type": kind}
	var err error
	switch kind {
	case "plain_text_input":
		field["value"] = textOrNull(value)
		if most, ok := e["max_length"].(float64); ok && utf8.RuneCountInString(value) > int(most) {
			err = fmt.Errorf("more than %d characters", int(most))
		}
	case "datepicker":
		field["selected_date"] = textOrNull(value)
	case "timepicker":
		field["selected_time"] = textOrNull(value)
	case "users_select":
		field["selected_user"] = textOrNull(value)
	case "checkboxes":
		field["selected_options"], err = chosen(e, strings.FieldsFunc(value, func(r rune) bool { return r == ',' }))
	default:
		if field["selected_option"] = nil; value != "" {
			field["selected_option"], err = option(e, value)
		}
	}
	return field, err
}

func textOrNull(value string) any {
	if value == "" {
		return nil
	}
	return value
}

func chosen(e object, values []string) ([]object, error) {
	options := make([]object, len(values))
	for i, value := range values {
		o, err := option(e, value)
		if err != nil {
			return nil, err
		}
		options[i] = o
	}
	return options, nil
}

// answerView does with the modal what the ack asked for. Siaga neither pushes nor updates a modal from
// an ack, so these are violations here.
func (s *Server) answerView(v *view, reply json.RawMessage) (answer Submitted) {
	if len(reply) > 0 && json.Unmarshal(reply, &answer) != nil {
		answer.Action = string(reply)
	}
	switch answer.Action {
	case "", "clear":
		v.open = false
	case "errors":
		s.checkErrors(v, answer.Errors)
	default:
		s.violate("socket", "invalid_response", answer.Action)
	}
	s.broadcast()
	return answer
}

// checkErrors holds errors against the app that Slack would show as "trouble connecting": those at
// other blocks than inputs (slack-go, NewErrorsViewSubmissionResponse).
func (s *Server) checkErrors(v *view, errors map[string]string) {
	for id := range errors {
		at := func(b object) bool { return str(b, "block_id") == id }
		if !slices.ContainsFunc(inputs(v.blocks()), at) {
			s.violate("socket", "invalid_response", "errors for "+id+", which is no input")
		}
	}
}
